/** A provider of models as its form has it, and back. Pure; the schema of the settings has the last word. */
import { modelPrice, providerName, providerSettings, type ModelPrice, type ProviderSettings } from '../../shared/run/provider-settings';

export type EndpointKind = 'openai-compatible' | 'anthropic' | 'ollama';
export const PROVIDER_WORDS: Readonly<Record<EndpointKind | 'recorded', string>> = { 'openai-compatible': 'OpenAI-compatible', anthropic: 'Anthropic', ollama: 'Ollama', recorded: 'Recorded answers' };
/** Where each is, as far as it is known beforehand. */
const ADDRESSES: Readonly<Record<EndpointKind, string>> = { 'openai-compatible': 'https://', anthropic: 'https://api.anthropic.com/v1', ollama: 'http://127.0.0.1:11434' };

/** Prices as typed, in USD for a million tokens; both empty: no price. */
export type ModelRow = { readonly name: string; readonly inputUsd: string; readonly outputUsd: string };
export type KeyKind = 'none' | 'env' | 'keychain';
export type ProviderDraft = {
  readonly name: string;
  readonly kind: EndpointKind | 'recorded';
  readonly baseUrl: string;
  readonly keyKind: KeyKind;
  /** Name of the variable, or of the key in the keychain. */
  readonly keyName: string;
  /** A key that is being entered; it is sent once and never shown again. */
  readonly key: string;
  readonly models: readonly ModelRow[];
  readonly structuredOutputs: boolean;
  readonly concurrency: string;
  readonly idleMs: string;
};

export function newProvider(kind: ProviderDraft['kind'], taken: readonly string[]): ProviderDraft {
  const stem = kind === 'openai-compatible' ? 'endpoint' : kind;
  const name = [stem, ...Array.from({ length: 50 }, (_, index) => `${stem}-${index + 2}`)].find((one) => !taken.includes(one))!;
  return { name, kind, baseUrl: kind === 'recorded' ? '' : ADDRESSES[kind], keyKind: kind === 'ollama' || kind === 'recorded' ? 'none' : 'env', keyName: kind === 'anthropic' ? 'ANTHROPIC_API_KEY' : kind === 'openai-compatible' ? 'OPENAI_API_KEY' : '', key: '', models: [], structuredOutputs: false, concurrency: '', idleMs: '' };
}

const rowsOf = (models: Readonly<Record<string, ModelPrice | null>>): readonly ModelRow[] => Object.entries(models).map(([name, price]) => ({ name, inputUsd: price ? String(price.inputUsd) : '', outputUsd: price ? String(price.outputUsd) : '' }));

export function draftOf(name: string, settings: ProviderSettings): ProviderDraft {
  const models = rowsOf(settings.models);
  if (settings.kind === 'recorded') return { ...newProvider('recorded', []), name, models };
  const { kind, baseUrl, keyFrom, structuredOutputs, concurrency, idleMs } = settings;
  const [keyKind, keyName]: readonly [KeyKind, string] = keyFrom === 'none' ? ['none', ''] : 'env' in keyFrom ? ['env', keyFrom.env] : ['keychain', keyFrom.keychain];
  return { name, kind, baseUrl, keyKind, keyName, key: '', models, structuredOutputs, concurrency: String(concurrency), idleMs: String(idleMs) };
}

const numberOf = (typed: string): number | undefined => (typed.trim() === '' ? undefined : Number(typed.trim().replace(',', '.')));

function priceOf({ inputUsd, outputUsd }: ModelRow): unknown {
  const [input, output] = [numberOf(inputUsd), numberOf(outputUsd)];
  return input === undefined && output === undefined ? null : { inputUsd: input ?? 0, outputUsd: output ?? 0 };
}

const keyFromOf = ({ keyKind, keyName, name }: ProviderDraft): unknown => {
  switch (keyKind) {
    case 'none':
      return 'none';
    case 'env':
      return { env: keyName.trim() };
    case 'keychain':
      return { keychain: keyName.trim() === '' ? name : keyName.trim() };
  }
};

function rawOf(draft: ProviderDraft): unknown {
  const models = Object.fromEntries(draft.models.filter(({ name }) => name.trim() !== '').map((row) => [row.name.trim(), priceOf(row)]));
  if (draft.kind === 'recorded') return { kind: 'recorded', models };
  const [concurrency, idleMs] = [numberOf(draft.concurrency), numberOf(draft.idleMs)];
  return { kind: draft.kind, baseUrl: draft.baseUrl.trim(), keyFrom: keyFromOf(draft), models, structuredOutputs: draft.structuredOutputs, ...(concurrency === undefined ? {} : { concurrency }), ...(idleMs === undefined ? {} : { idleMs }) };
}

/** What is wrong, and at which field. */
export type Refusal = { readonly field: 'name' | 'baseUrl' | 'keyName' | 'models' | 'concurrency' | 'idleMs'; readonly words: string };
export const isRefusal = (one: ProviderSettings | Refusal): one is Refusal => 'words' in one;

/** The settings that the form says, or what is wrong with it. `taken`: names of other providers. */
export function settingsOf(draft: ProviderDraft, taken: readonly string[]): ProviderSettings | Refusal {
  const refusal = refuseName(draft, taken) ?? refuseModels(draft);
  if (refusal) return refusal;
  const parsed = providerSettings.safeParse(rawOf(draft));
  if (parsed.success) return parsed.data;
  const field = FIELDS[String(parsed.error.issues[0]!.path[0] ?? '')] ?? 'baseUrl';
  return { field, words: sayRefusal(field, draft) };
}

function refuseName({ name }: ProviderDraft, taken: readonly string[]): Refusal | undefined {
  if (!providerName.safeParse(name).success) return { field: 'name', words: 'A name has small letters, digits and hyphens, and begins with a letter.' };
  return taken.includes(name) ? { field: 'name', words: `There is a provider ${name} already.` } : undefined;
}

function refuseModels({ models }: ProviderDraft): Refusal | undefined {
  const names = models.map(({ name }) => name.trim()).filter((name) => name !== '');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return { field: 'models', words: `The model ${twice} is there twice.` };
  const unnamed = models.findIndex(({ name, inputUsd, outputUsd }) => name.trim() === '' && `${inputUsd}${outputUsd}`.trim() !== '');
  if (unnamed >= 0) return { field: 'models', words: `Model ${unnamed + 1} has a price and no name.` };
  const wrong = models.find((row) => [row.inputUsd, row.outputUsd].some((typed) => isWrongPrice(numberOf(typed))));
  return wrong && { field: 'models', words: `The price of ${wrong.name.trim()} is a number of USD from 0 for a million tokens, or nothing.` };
}

const isWrongPrice = (price: number | undefined): boolean => price !== undefined && !modelPrice.shape.inputUsd.safeParse(price).success;

const FIELDS: Readonly<Record<string, Refusal['field']>> = { baseUrl: 'baseUrl', keyFrom: 'keyName', models: 'models', concurrency: 'concurrency', idleMs: 'idleMs' };

function sayRefusal(field: Refusal['field'], { baseUrl, keyKind }: ProviderDraft): string {
  switch (field) {
    case 'baseUrl':
      if (/^\s*(https?:\/\/)?\s*$/.test(baseUrl)) return 'Where is it? An address such as https://api.example.com/v1.';
      if (keyKind !== 'none' && /^\s*http:/.test(baseUrl)) return 'A key goes over https, or to this computer: https://, or http://127.0.0.1.';
      return 'An address begins with https:// or http://, and has no name, password, question mark or # in it.';
    case 'keyName':
      return 'Name the environment variable: letters, digits and underscores.';
    case 'concurrency':
      return 'Calls at once: a whole number from 1 to 1000.';
    case 'idleMs':
      return 'Milliseconds of silence: a whole number from 100 to 600000.';
    case 'models':
      return 'The name of a model has at most 200 characters.';
    case 'name':
      return '';
  }
}

/** Models that it says it has, beside those that are there with their prices. */
export const withModels = (rows: readonly ModelRow[], names: readonly string[]): readonly ModelRow[] => [...rows, ...names.filter((name) => !rows.some((row) => row.name === name)).map((name): ModelRow => ({ name, inputUsd: '', outputUsd: '' }))];
