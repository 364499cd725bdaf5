import type { KeySources } from '../providers/find-key';
import type { ShellServices } from './context';

/** Where keys of providers may come from in this shell. */
export const keysOf = ({ vault }: ShellServices): KeySources => ({ env: process.env, ...(vault ? { vault } : {}) });
