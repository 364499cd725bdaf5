/** Where a new project is made, and under which name: the person's own folder for designs, unless another was chosen. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const LONGEST_NAME = 60;
const DEVICE_NAMES = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

export function designsFolder(env: Readonly<Record<string, string | undefined>>, home: string = homedir()): string {
  if (env['PRISMATIC_PROJECTS_DIR']) return env['PRISMATIC_PROJECTS_DIR'];
  const documents = join(home, 'Documents');
  return join(existsSync(documents) ? documents : home, 'Prismatic');
}

/** A name that every file system takes, from what a person wrote. */
export function toFolderName(name: string): string {
  const plain = name.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '').slice(0, LONGEST_NAME);
  return plain === '' || DEVICE_NAMES.test(plain.split('.')[0]!) ? 'design' : plain;
}

/** `greeter`, `greeter-2`, ...: the first that is free there, also where capitals are not told apart. */
export async function findFreePlace(folder: string, name: string): Promise<string> {
  const taken = new Set((await readdir(folder).catch(() => [])).map((one) => one.normalize('NFC').toLowerCase()));
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name}-${count}`;
    if (!taken.has(candidate.toLowerCase())) return join(folder, candidate);
  }
}
