import { z } from 'zod';
import type { JournalChunk } from '../../../shared/journal/record';
import { isOrderlyExit } from '../../../shared/run/exit-reason';
import type { RunNote } from './run-result';

const restarting = z.object({ type: z.literal('supervisor.restarting'), node: z.string(), child: z.string(), scope: z.array(z.string()), count: z.number(), max: z.number() });
const exited = z.object({ type: z.literal('process.exited'), node: z.string(), reason: z.string() });
const logged = z.object({ type: z.literal('log'), node: z.string(), level: z.string(), text: z.string() });

/** Restarts, crashes and logs of a chunk. Only lines that may hold one are parsed: most of a journal is neither. */
export function notesOf(chunk: JournalChunk): readonly RunNote[] {
  if (!/"type":"(supervisor\.restarting|process\.exited|log)"/.test(chunk.text)) return [];
  return chunk.text.split('\n').flatMap((line): readonly RunNote[] => {
    if (line.includes('"type":"supervisor.restarting"')) {
      const { node, child, scope, count, max } = restarting.parse(JSON.parse(line));
      return [{ kind: 'restart', supervisor: node, child, scope, count, max }];
    }
    if (line.includes('"type":"process.exited"')) {
      const { node, reason } = exited.parse(JSON.parse(line));
      return isOrderlyExit(reason) ? [] : [{ kind: 'exit', node, reason }];
    }
    if (!line.includes('"type":"log"')) return [];
    const { node, level, text } = logged.parse(JSON.parse(line));
    return [{ kind: 'log', node, level, text }];
  });
}
