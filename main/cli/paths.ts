import { resolve } from 'node:path';
import { defaultDataDir } from '../core/data-folder';

/** Where the person stands: npm moves to the package's folder and remembers this. */
export const fromHere = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

export const dataDirOf = (given: string | undefined): string => (given === undefined ? defaultDataDir(process.env, process.platform) : fromHere(given));
