import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../shared/json/canonical';
import type { ToolServerSettings } from '../../../shared/run/tool-settings';

/** Of all that decides which program starts, and with what. */
export const commandHash = (settings: ToolServerSettings): string => `sha256:${createHash('sha256').update(canonicalJson(settings)).digest('hex')}`;
