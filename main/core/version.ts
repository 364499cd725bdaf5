import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Version of the product, from its `package.json`, which lies beside the build in a checkout and in an installed app. */
export function productVersion(): string {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}
