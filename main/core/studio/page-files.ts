/** The files of the built page, for whichever shell serves it: nothing else of the disk is ever readable through here. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import { NONCE_WORD } from '../../../shared/api/content-policy';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export type PageFile = { readonly status: 200; readonly type: string; readonly body: Uint8Array } | { readonly status: 400 | 403 | 404 };

export const pageFolder = (): string => join(import.meta.dirname, '..', 'renderer');

/** `path` as it stands in the address, still encoded. It is decoded once; links that lead out of the folder are not followed. */
export async function readPageFile(folder: string, path: string, nonce: string): Promise<PageFile> {
  const name = findName(path);
  if (name === undefined) return { status: 400 };
  const inside = relative(folder, join(folder, name));
  if (!inside || inside.startsWith('..') || isAbsolute(inside) || inside.split(sep).some((part) => part.startsWith('.'))) return { status: 403 };
  const type = TYPES[extname(inside)];
  const real = await realpath(join(folder, inside)).catch(() => undefined);
  if (type === undefined || real === undefined) return { status: 404 };
  if (!real.startsWith((await realpath(folder)) + sep) || !(await stat(real)).isFile()) return { status: 403 };
  const body = await readFile(real);
  return { status: 200, type, body: extname(real) === '.html' ? Buffer.from(body.toString('utf8').replaceAll(NONCE_WORD, nonce)) : body };
}

function findName(path: string): string | undefined {
  try {
    const name = decodeURIComponent(path);
    if (name === '/') return 'index.html';
    return name.startsWith('/') && !name.endsWith('/') && !name.includes('\0') && !name.includes('\\') ? name.slice(1) : undefined;
  } catch {
    return undefined;
  }
}
