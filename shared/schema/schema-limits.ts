/** The limits of a schema as one line that people read and write: `1 to 4 096`, `1 or more`, `at most 20`, or the choices. Pure. */
import type { Json, JsonObject } from '../json/json';
import { shapeOf, type Shape } from './schema-fields';
import { isObject } from '../json/is-object';

const BOUNDS: Readonly<Partial<Record<Shape, readonly [string, string, string]>>> = {
  string: ['minLength', 'maxLength', 'characters'],
  integer: ['minimum', 'maximum', ''],
  number: ['minimum', 'maximum', ''],
  list: ['minItems', 'maxItems', 'items'],
};

export const hasLimits = (shape: Shape): boolean => shape === 'choice' || BOUNDS[shape] !== undefined;
/** `characters`, `items`, or nothing for numbers. */
export const limitUnit = (shape: Shape): string => BOUNDS[shape]?.[2] ?? '';

const wordNumber = (value: number): string => (Number.isInteger(value) ? value.toLocaleString('en').replaceAll(',', ' ') : String(value));

export function wordLimits(schema: Json): string {
  const shape = shapeOf(schema);
  if (!isObject(schema)) return '';
  if (shape === 'choice') return (schema['enum'] as readonly Json[]).map((one) => (typeof one === 'string' && !/^\s|\s$|,|^(true|false|null|-?\d)/.test(one) && one !== '' ? one : JSON.stringify(one))).join(', ');
  const bounds = BOUNDS[shape];
  if (!bounds) return '';
  const [least, most] = [schema[bounds[0]], schema[bounds[1]]];
  if (typeof least === 'number' && typeof most === 'number') return least === most ? wordNumber(least) : `${wordNumber(least)} to ${wordNumber(most)}`;
  if (typeof least === 'number') return `${wordNumber(least)} or more`;
  return typeof most === 'number' ? `at most ${wordNumber(most)}` : '';
}

type Parsed = { readonly ok: true; readonly schema: Json } | { readonly ok: false; readonly refusal: string };

/** The schema with the limits that the text says. An empty text: no limits. */
export function parseLimits(schema: Json, text: string): Parsed {
  const shape = shapeOf(schema);
  if (!isObject(schema)) return { ok: true, schema };
  if (shape === 'choice') return parseChoices(schema, text);
  const bounds = BOUNDS[shape];
  if (!bounds) return { ok: true, schema };
  const range = parseRange(text);
  if (!range) return { ok: false, refusal: 'Write it like “1 to 100”, “1 or more” or “at most 100”.' };
  const [least, most] = range;
  const isCount = shape === 'string' || shape === 'list';
  if (isCount && [least, most].some((one) => one !== undefined && (one < 0 || !Number.isInteger(one)))) return { ok: false, refusal: `${bounds[2]} are counted: whole numbers from 0.` };
  if (least !== undefined && most !== undefined && least > most) return { ok: false, refusal: `${wordNumber(least)} is more than ${wordNumber(most)}: no value would fit.` };
  const { [bounds[0]]: _, [bounds[1]]: __, ...rest } = schema;
  return { ok: true, schema: { ...rest, ...(least === undefined ? {} : { [bounds[0]]: least }), ...(most === undefined ? {} : { [bounds[1]]: most }) } };
}

const NUMBER = String.raw`(-?\d[\d\s]*(?:\.\d+)?)`;
function parseRange(text: string): readonly [number | undefined, number | undefined] | undefined {
  const said = text.trim().replace(/(characters|chars|items)$/i, '').trim();
  if (said === '') return [undefined, undefined];
  const match = (pattern: string): readonly number[] | undefined => new RegExp(`^${pattern}$`, 'i').exec(said)?.slice(1).map((one) => Number(one.replace(/\s/g, '')));
  const both = match(String.raw`${NUMBER}\s*(?:to|\.\.|–)\s*${NUMBER}`);
  if (both) return [both[0], both[1]];
  const least = match(String.raw`(?:at least\s+|from\s+|>=?\s*)${NUMBER}`) ?? match(String.raw`${NUMBER}\s*(?:or more|\+)`);
  if (least) return [least[0], undefined];
  const most = match(String.raw`(?:at most\s+|up to\s+|<=\s*)${NUMBER}`) ?? match(String.raw`${NUMBER}\s+or (?:less|fewer)`);
  if (most) return [undefined, most[0]];
  const exact = match(NUMBER);
  return exact && [exact[0], exact[0]];
}

/** Words between commas; what is a JSON value is that value. */
function parseChoices(schema: JsonObject, text: string): Parsed {
  const choices = text.split(',').map((one) => one.trim()).filter((one) => one !== '');
  if (choices.length === 0) return { ok: false, refusal: 'A choice has at least one value: write them with commas between.' };
  const values = choices.map(parseChoice);
  const repeated = values.find((one, index) => values.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) !== index);
  if (repeated !== undefined) return { ok: false, refusal: `${JSON.stringify(repeated)} stands there twice.` };
  const { type: _, ...rest } = schema;
  return { ok: true, schema: { ...rest, enum: values } };
}

function parseChoice(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // A plain word.
    return text;
  }
}
