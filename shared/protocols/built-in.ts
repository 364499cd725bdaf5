import type { Json } from '../json/json';
import { MODEL_PROTOCOL, modelProtocol } from './model';
import { SUPERVISOR_PROTOCOL, supervisorProtocol } from './supervisor';

/** Protocols that every project has without a file. A file of the same name takes its place. */
export const BUILT_IN_PROTOCOLS: Readonly<Record<string, Json>> = {
  [SUPERVISOR_PROTOCOL]: supervisorProtocol,
  [MODEL_PROTOCOL]: modelProtocol,
};
