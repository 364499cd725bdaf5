/** What a node of each kind is when it comes from the palette: the least that a person would write, with a handler that runs. */
import type { JsonObject } from '../../json/json';
import { promptPath } from './new-prompt';

/** A kind as the palette has it; agents are told apart by their behaviour. */
export const PALETTE_KINDS = ['supervisor', 'code agent', 'model agent', 'scripted agent', 'router', 'source', 'sink', 'timer', 'tool'] as const;
export type PaletteKind = (typeof PALETTE_KINDS)[number];

/** Beginning of the ids that nodes of a kind get: `agent`, `agent-2`, ... */
export const ID_STEMS: Readonly<Record<PaletteKind, string>> = { supervisor: 'supervisor', 'code agent': 'agent', 'model agent': 'assistant', 'scripted agent': 'scripted', router: 'router', source: 'source', sink: 'sink', timer: 'timer', tool: 'tool' };

export const handlerPath = (id: string): string => `handlers/${id}.ts`;

export function newNode(kind: PaletteKind, id: string): JsonObject {
  switch (kind) {
    case 'supervisor':
      return { kind: 'supervisor', strategy: 'one_for_one', maxRestarts: 1, maxSeconds: 5, children: [] };
    case 'code agent':
      return { kind: 'agent', behaviour: { type: 'code', file: handlerPath(id) }, provides: [], requires: {} };
    case 'model agent':
      return { kind: 'agent', behaviour: { type: 'model', prompt: promptPath(id) }, provides: [], requires: { model: 'Model' } };
    case 'scripted agent':
      return { kind: 'agent', behaviour: { type: 'scripted', rules: [] }, provides: [], requires: {} };
    case 'router':
      return { kind: 'router', strategy: 'round_robin', provides: [], requires: {} };
    case 'source':
      return { kind: 'source', behaviour: { type: 'stdin', parse: 'json' }, requires: {}, operation: 'handle' };
    case 'sink':
      return { kind: 'sink', behaviour: { type: 'console' }, provides: [] };
    case 'timer':
      return { kind: 'timer', everyMs: 1000, requires: {}, operation: 'tick' };
    case 'tool':
      return { kind: 'tool', server: id, provides: [] };
  }
}

/** A handler file that provides nothing yet. */
export const EMPTY_HANDLER = `// One named export for each protocol that the agent provides. A throw is a crash: the supervisor starts the agent again.
export function init(self) {
  self.state = {}
}
`;
