/** A provider of models as its form has it, and back. Pure; the schema of the settings has the last word. */
import { providerName, providerSettings, type ModelPrice, type ProviderSettings } from '../../shared/run/provider-settings';

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

/** The settings that the form says, or what is wrong with it in words. `taken`: names of other providers. */
export function settingsOf(draft: ProviderDraft, taken: readonly string[]): ProviderSettings | string {
  if (!providerName.safeParse(draft.name).success) return 'The name has small letters, digits and hyphens, and begins with a letter.';
  if (taken.includes(draft.name)) return `There is a provider ${draft.name} already.`;
  const names = draft.models.map(({ name }) => name.trim()).filter((name) => name !== '');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `The model ${twice} is there twice.`;
  const parsed = providerSettings.safeParse(rawOf(draft));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return sayIssue(issue!.path.map(String), issue!.message);
}

const FIELD_WORDS: Readonly<Record<string, string>> = { baseUrl: 'The address is', keyFrom: 'The key:', models: 'A price is a number of USD from 0:', concurrency: 'Calls at once:', idleMs: 'Cut off after:' };
const sayIssue = ([field = '', ...more]: readonly string[], message: string): string => (field === 'keyFrom' ? 'Name the environment variable, or the key in the keychain.' : `${FIELD_WORDS[field] ?? field} ${more.length > 0 && field === 'models' ? `${more[0]}: ` : ''}${message}`.trim());

/** Models that it says it has, beside those that are there with their prices. */
export const withModels = (rows: readonly ModelRow[], names: readonly string[]): readonly ModelRow[] => [...rows, ...names.filter((name) => !rows.some((row) => row.name === name)).map((name): ModelRow => ({ name, inputUsd: '', outputUsd: '' }))];
