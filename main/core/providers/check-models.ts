/** What can be known before a run: whether the person has the providers that a program asks, and whether its caps can be kept. */
import { modelResource, type Grant } from '../../../shared/design/grants';
import { nearest } from '../../../shared/errors/nearest';
import { failed, ok, type Result } from '../../../shared/errors/result';
import { neededGrants } from '../../../shared/program/needed-grants';
import type { Program } from '../../../shared/program/program';
import { findPrice, findProvider, type Providers } from '../../../shared/run/provider-settings';
import { readProviders } from './provider-file';

/** `MDL001` and `MDL002` as for the file; `MDL006`: a provider is not there; `MDL008`: a cap needs a price. */
export async function checkModels(program: Program, dataDir: string, grants: readonly Grant[]): Promise<Result<null>> {
  const needs = neededGrants(program).filter(({ kind }) => kind === 'model');
  if (needs.length === 0) return ok(null);
  const read = await readProviders(dataDir);
  if (!read.ok) return read;
  for (const { node, resource } of needs) {
    const name = String(resource['provider']);
    if (!findProvider(read.value, name)) return noProvider(node, name, read.value);
  }
  return checkCaps(grants, read.value);
}

function noProvider(node: string, name: string, providers: Providers): Result<never> {
  const near = nearest(name, Object.keys(providers));
  return failed({
    code: 'MDL006',
    message: `${node} asks provider ${name}, and you have none of that name`,
    fix: near === undefined ? 'Add it in Providers of the app, or in providers.json in the folder for data.' : `Did you mean ${near}? Else add ${name} in Providers of the app, or in providers.json in the folder for data.`,
  });
}

function checkCaps(grants: readonly Grant[], providers: Providers): Result<null> {
  for (const { node, kind, resource } of grants) {
    const parsed = kind === 'model' ? modelResource.safeParse(resource).data : undefined;
    const settings = parsed?.maxUsd === undefined ? undefined : findProvider(providers, parsed.provider);
    if (!parsed || !settings || settings.kind === 'recorded' || findPrice(settings, parsed.model)) continue;
    return failed({ code: 'MDL008', message: `the grant of ${node} caps what it may spend on ${parsed.model} at $${parsed.maxUsd}, and provider ${parsed.provider} has no price for that model`, fix: 'Give the model a price in Providers, or take maxUsd out of the grant.' });
  }
  return ok(null);
}
