import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../shared/json/canonical';
import type { ToolServerSettings } from '../../../shared/run/tool-settings';

/** Of all that decides which program starts, and with what. Which of its tools may be called is looked at for each call, and no part of it. */
export function commandHash({ allow: _, ...started }: ToolServerSettings): string {
  return `sha256:${createHash('sha256').update(canonicalJson(started)).digest('hex')}`;
}
