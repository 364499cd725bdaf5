import { assertNever } from '../../shared/assert';
import type { BehaviourFactory } from '../kernel/behaviour';
import { SupervisorBehaviour } from '../supervision/supervisor-behaviour';
import { CodeAgent } from './code-agent';
import type { GuestFactory } from './guest';
import { MockedNode } from './mocked-node';
import { ModelAgent } from './model-agent/model-agent';
import { Router } from './router';
import { ScriptedAgent } from './scripted-agent';
import { Sink } from './sink';
import { Source } from './source';
import { Timer } from './timer';
import { Tool } from './tool';

/** One behaviour per kind of node; only code agents need guests. */
export const behavioursWith =
  (guests: GuestFactory): BehaviourFactory =>
  ({ program, node, name, incarnation, seed, args, onSandboxLost }) => {
    const mock = program.mocks && Object.hasOwn(program.mocks, node.id) ? program.mocks[node.id] : undefined;
    if (mock) return new MockedNode(mock, seed);
    switch (node.kind) {
      case 'supervisor':
        return new SupervisorBehaviour(node);
      case 'agent':
        if (node.behaviour.type === 'scripted') return new ScriptedAgent(node.behaviour.rules);
        if (node.behaviour.type === 'model') return new ModelAgent(node, node.behaviour);
        return new CodeAgent({
          agent: node,
          args: args ?? node.behaviour.args,
          createGuest: () => guests.create({ program, agent: node, seed, name, incarnation, onLost: onSandboxLost }),
        });
      case 'router':
        return new Router(node, seed);
      case 'source':
        return new Source(node);
      case 'sink':
        return new Sink(node);
      case 'timer':
        return new Timer(node);
      case 'tool':
        return new Tool(node);
      default:
        return assertNever(node);
    }
  };
