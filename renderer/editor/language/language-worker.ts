/** Thread of the language service. TypeScript and its declarations are in this chunk alone: it is loaded when a handler is first edited. */
import { expose } from 'comlink';
import { HandlerLanguage } from './handler-language';
import { LIBS } from './libs';

expose(new HandlerLanguage(LIBS));
