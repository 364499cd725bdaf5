/** Names that cannot be: the nearest one that can. */
import { NODE_ID, PORT_NAME, RESERVED_OPERATIONS } from '../../ids';
import { viewDesign } from '../design-view';
import { designOf, type ProjectDocument } from '../document';
import { renameNode } from '../edits/node-edits';
import { renameOperation, renamePort } from '../edits/protocol-edits';
import { textOf, type Fixer, type Fixers } from './fix-value';

/** `Front_Desk` -> `front-desk`. */
function idLike(text: string, isTaken: (id: string) => boolean): string | undefined {
  const parts = text.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
  const stem = parts.join('-').replace(/^[^a-z]+/, '').slice(0, 60) || 'node';
  return firstFree(stem, isTaken, NODE_ID, (count) => `${stem}-${count}`);
}

/** `second-llm` -> `secondLlm`; a word of the handler file itself gets another at its end. */
function wordLike(text: string, more: string, isTaken: (name: string) => boolean): string | undefined {
  const [first = '', ...rest] = text.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const stem = `${first.charAt(0).toLowerCase()}${first.slice(1)}${rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('')}`.replace(/^[^a-z]+/, '') || more.toLowerCase();
  const word = RESERVED_OPERATIONS.has(stem) ? `${stem}${more}` : stem;
  return firstFree(word, isTaken, PORT_NAME, (count) => `${word}${count}`);
}

const MOST_TRIES = 100;
function firstFree(stem: string, isTaken: (name: string) => boolean, shape: RegExp, numbered: (count: number) => string): string | undefined {
  for (let count = 1; count < MOST_TRIES; count += 1) {
    const name = count === 1 ? stem : numbered(count);
    if (!isTaken(name)) return shape.test(name) ? name : undefined;
  }
  return undefined;
}

const nameNode: Fixer = ({ at, got }, document) => {
  const { node } = at;
  const { nodes } = viewDesign(designOf(document));
  const id = idLike(textOf(got), (one) => nodes.has(one));
  return node === undefined || id === undefined ? [] : [{ label: `Rename to ${id}`, make: (now) => renameNode(now, node, id) }];
};

const namePort: Fixer = ({ at, got }, document) => {
  const { node } = at;
  const port = textOf(got);
  const ports = node === undefined ? undefined : viewDesign(designOf(document)).nodes.get(node)?.requires.map((one) => one.port);
  const next = ports && wordLike(port, 'Port', (one) => ports.includes(one));
  return node === undefined || next === undefined ? [] : [{ label: `Rename to ${next}`, make: (now) => renamePort(now, node, port, next) }];
};

const nameOperation: Fixer = ({ at, got }) => {
  const protocol = /^protocols\/(.+)\.json$/.exec(at.file)?.[1];
  const operation = textOf(got);
  const next = wordLike(operation, 'Now', () => false);
  if (protocol === undefined || next === undefined) return [];
  return [{ label: `Rename to ${next}`, make: (now: ProjectDocument) => renameOperation(now, protocol, operation, next) }];
};

export const nameFixes: Fixers = { DES002: nameNode, DES007: namePort, PRO002: nameOperation };
