/** The line below a node's title: its kind, or what of its configuration says more. */
import type { NodeView } from '../../../shared/design/design-view';
import { isObject } from '../../../shared/json/is-object';
import { showLine } from '../../../shared/design/show-text';
import { wordRouter } from '../../words/router-words';
import { wordMs } from '../words';

/** A stranger's words may be megabytes. */
const LONGEST = 60;
export const captionOf = (node: NodeView): string => showLine(wordsOf(node), LONGEST);

function wordsOf(node: NodeView): string {
  switch (node.kind) {
    case 'agent':
      return node.kindWord;
    case 'router':
      return wordRouter(node.raw);
    case 'source':
    case 'sink': {
      const behaviour = node.raw['behaviour'];
      const path = isObject(behaviour) && typeof behaviour['path'] === 'string' ? behaviour['path'].split('/').at(-1) : undefined;
      return path ?? (node.behaviour === undefined ? node.kind : `${node.kind}, ${node.behaviour}`);
    }
    case 'timer':
      return typeof node.raw['everyMs'] === 'number' ? `every ${wordMs(node.raw['everyMs'])}` : 'timer';
    case 'human':
      return typeof node.raw['deadlineMs'] === 'number' ? `human, within ${wordMs(node.raw['deadlineMs'])}` : 'human';
    case 'tool':
      return typeof node.raw['server'] === 'string' ? `server ${node.raw['server']}` : 'tool';
    case 'supervisor':
      return node.strategy;
    case 'unknown':
      return `${node.kindWord}, kept as it is`;
  }
}
