/** All kinds of nodes that this version runs. A new kind is one file beside this one and one line in each list here. */
import type { z } from 'zod';
import { agentNode, type AgentNode } from './agent';
import { routerNode, type RouterNode } from './router';
import { sinkNode, type SinkNode } from './sink';
import { sourceNode, type SourceNode } from './source';
import { supervisorNode, type SupervisorNode } from './supervisor';
import type { NodeKind } from './words';
import { timerNode, type TimerNode } from './timer';
import { toolNode, type ToolNode } from './tool';

export type ProcessNode = AgentNode | RouterNode | SourceNode | SinkNode | TimerNode | ToolNode;
export type DesignNode = SupervisorNode | ProcessNode;

export const nodeSchemas: { readonly [kind in NodeKind]: z.ZodType<Extract<DesignNode, { kind: kind }>> } = {
  supervisor: supervisorNode,
  agent: agentNode,
  router: routerNode,
  source: sourceNode,
  sink: sinkNode,
  timer: timerNode,
  tool: toolNode,
};

/** Kinds that the format names and this version does not run yet. */
export const LATER_NODE_KINDS: ReadonlySet<string> = new Set(['memory', 'saga', 'projection', 'human']);
