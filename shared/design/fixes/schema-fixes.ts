/** Schemas with words that are not in the subset, or references that lead nowhere. */
import type { Diagnostic } from '../../errors/diagnostic';
import { nearest } from '../../errors/nearest';
import type { Json } from '../../json/json';
import { valueAt } from '../../json/value-at';
import { isList, protocolNamesOf, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import type { JsonPath } from '../edits/edit';
import { setProtocolField } from '../edits/protocol-edits';
import { rawProtocol } from '../protocol-form';
import { textOf, type Fix, type Fixer, type Fixers } from './fix-value';

type Place = { readonly protocol: string; readonly path: JsonPath; readonly value: Json };
/** A reference to a definition is followed: the fault may stand there. More of them than this lead in a circle. */
const MOST_REFERENCES = 32;

/** Names with a dot in them are one step: the longest that is there counts. */
function takeStep(at: Json | undefined, steps: readonly string[]): { readonly key: string | number; readonly length: number } | undefined {
  if (isList(at)) return { key: Number(steps[0]), length: 1 };
  for (let length = steps.length; length > 0; length -= 1) {
    const key = steps.slice(0, length).join('.');
    if (isObject(at) && Object.hasOwn(at, key)) return { key, length };
  }
  return undefined;
}

function findPlace(document: ProjectDocument, { at }: Diagnostic): Place | undefined {
  let protocol = /^protocols\/(.+)\.json$/.exec(at.file)?.[1];
  let steps = at.field?.split('.') ?? [];
  let path: readonly (string | number)[] = [];
  for (let references = 0; protocol !== undefined && references < MOST_REFERENCES; ) {
    const value = valueAt(rawProtocol(document, protocol), path);
    if (value === undefined) return undefined;
    if (steps.length === 0) return { protocol, path, value };
    const step = takeStep(value, steps);
    if (step) {
      path = [...path, step.key];
      steps = steps.slice(step.length);
      continue;
    }
    const named = /^(?:([A-Za-z0-9]+)\.json)?#\/definitions\/([^/]+)$/.exec(isObject(value) ? textOf(value['$ref']) : '');
    if (!named) return undefined;
    protocol = named[1] ?? protocol;
    path = ['definitions', named[2]!];
    references += 1;
  }
  return undefined;
}

const set = (label: string, { protocol, path }: Place, value: Json | undefined): Fix => ({ label, make: (document) => setProtocolField(document, protocol, path, value) });
const takeWord = (place: Place): Fix => set(`Take ${String(place.path.at(-1))} away`, place, undefined);

const takeWordAway: Fixer = (problem, document) => {
  const place = findPlace(document, problem);
  return place ? [takeWord(place)] : [];
};

const TYPES = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'] as const;
/** What other languages call them. */
const MEANT: Readonly<Record<string, (typeof TYPES)[number]>> = { text: 'string', str: 'string', int: 'integer', long: 'integer', float: 'number', double: 'number', bool: 'boolean', list: 'array', map: 'object', dict: 'object', none: 'null', nil: 'null' };

const mendWord: Fixer = (problem, document) => {
  const place = findPlace(document, problem);
  if (!place) return [];
  // A schema that is no object stands under a name, and the name is to stay.
  if (/^a schema is an object/.test(problem.message)) return [set('Let any value stand there', place, {})];
  const word = textOf(problem.got).toLowerCase();
  const type = place.path.at(-1) !== 'type' ? undefined : (Object.hasOwn(MEANT, word) ? MEANT[word] : nearest(word, TYPES));
  return [...(type === undefined ? [] : [set(`Write ${type}`, place, type)]), takeWord(place)];
};

const mendReference: Fixer = (problem, document) => {
  const place = findPlace(document, problem);
  if (!place) return [];
  const wanted = textOf(problem.got);
  const known = protocolNamesOf(document).flatMap((name) => {
    const definitions = rawProtocol(document, name)?.['definitions'];
    return (isObject(definitions) ? Object.keys(definitions) : []).map((one) => `${name === place.protocol ? '' : `${name}.json`}#/definitions/${one}`);
  });
  const near = nearest(wanted, known);
  const anyValue = set('Let any value stand there', place, {});
  return near === undefined ? [anyValue] : [set(`Write ${near}`, { ...place, path: [...place.path, '$ref'] }, near), anyValue];
};

const cutRecursion: Fixer = (problem, document) => {
  const place = findPlace(document, problem);
  return place ? [set('Let any value stand there', place, {})] : [];
};

export const schemaFixes: Fixers = { PRO004: mendWord, PRO005: mendReference, PRO006: cutRecursion, PRO007: takeWordAway };
