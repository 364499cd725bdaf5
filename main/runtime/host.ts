/** Entry of a host's worker thread. */
import { behavioursWith } from '../behaviours/make-behaviour';
import { serveHost } from './serve-host';

await serveHost(behavioursWith);
