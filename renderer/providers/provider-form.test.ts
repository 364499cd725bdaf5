import { describe, expect, it } from 'vitest';
import { providerSettings } from '../../shared/run/provider-settings';
import { draftOf, newProvider, settingsOf, withModels } from './provider-form';

const remote = providerSettings.parse({ kind: 'openai-compatible', baseUrl: 'https://api.example.com/v1', keyFrom: { env: 'EXAMPLE_KEY' }, models: { small: { inputUsd: 0.5, outputUsd: 1.5 }, free: null }, structuredOutputs: true, concurrency: 3 });

describe('the form of a provider', () => {
  it.each([
    remote,
    providerSettings.parse({ kind: 'anthropic', baseUrl: 'https://api.anthropic.com/v1', keyFrom: { keychain: 'anthropic' } }),
    providerSettings.parse({ kind: 'ollama', baseUrl: 'http://127.0.0.1:11434' }),
    providerSettings.parse({ kind: 'recorded' }),
  ])('comes back as the settings that it was made of: $kind', (settings) => expect(settingsOf(draftOf('mine', settings), [])).toEqual(settings));

  it('begins with what is known of each kind', () => {
    expect(newProvider('anthropic', ['anthropic'])).toMatchObject({ name: 'anthropic-2', baseUrl: 'https://api.anthropic.com/v1', keyKind: 'env' });
    expect(settingsOf(newProvider('ollama', []), [])).toMatchObject({ kind: 'ollama', keyFrom: 'none' });
  });

  it('a key in the keychain is called by the provider where it has no name', () =>
    expect(settingsOf({ ...draftOf('mine', remote), keyKind: 'keychain', keyName: '' }, [])).toMatchObject({ keyFrom: { keychain: 'mine' } }));

  it.each([
    [{ name: 'My Provider' }, 'name', /small letters/],
    [{ name: 'other' }, 'name', /already/],
    [{ baseUrl: 'https://' }, 'baseUrl', /such as/],
    [{ baseUrl: 'ftp://x' }, 'baseUrl', /address/],
    [{ baseUrl: 'https://me:pass@x.example' }, 'baseUrl', /password/],
    [{ baseUrl: 'http://far.example.com/v1' }, 'baseUrl', /key goes over https/],
    [{ keyName: '' }, 'keyName', /environment variable/],
    [{ models: [{ name: 'a', inputUsd: 'much', outputUsd: '' }] }, 'models', /price of a/],
    [{ models: [{ name: 'a', inputUsd: '', outputUsd: '-1' }] }, 'models', /price of a/],
    [{ models: [{ name: '', inputUsd: '1', outputUsd: '' }] }, 'models', /no name/],
    [{ models: [{ name: 'a', inputUsd: '', outputUsd: '' }, { name: 'a ', inputUsd: '', outputUsd: '' }] }, 'models', /twice/],
    [{ concurrency: '0' }, 'concurrency', /at once/],
    [{ concurrency: 'many' }, 'concurrency', /at once/],
    [{ idleMs: '1' }, 'idleMs', /100 to/],
  ])('%j is refused at its field, in words', (part, field, words) => {
    const refusal = settingsOf({ ...draftOf('mine', remote), ...part }, ['other']);
    expect(refusal).toMatchObject({ field, words: expect.stringMatching(words) as unknown });
  });

  it('prices take a comma as people write it, and one of the two is enough', () =>
    expect(settingsOf({ ...draftOf('mine', remote), models: [{ name: 'a', inputUsd: '0,25', outputUsd: '' }, { name: '', inputUsd: '', outputUsd: '' }] }, [])).toMatchObject({ models: { a: { inputUsd: 0.25, outputUsd: 0 } } }));

  it('takes over models that the provider says it has, beside those that are there', () =>
    expect(withModels([{ name: 'a', inputUsd: '1', outputUsd: '2' }], ['a', 'b'])).toEqual([{ name: 'a', inputUsd: '1', outputUsd: '2' }, { name: 'b', inputUsd: '', outputUsd: '' }]));
});
