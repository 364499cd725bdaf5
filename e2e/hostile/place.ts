/**
 * Where a hostile project is made, and what it is after: a secret beside it, an address that listens, a file that only a script that ran
 * would write. Whoever builds one writes with these few verbs.
 */
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SMALL_PROJECT } from '../../main/core/small-project';
import type { Json } from '../../shared/json/json';

/** Nothing that the Studio answers may hold it. */
export const SECRET = 'c4nary-5ecret-value';

export type Targets = {
  /** Folder of files that hold `SECRET`: `key.ts`, `key.json`, `key.md`. */
  readonly secret: string;
  /** `http://127.0.0.1:<port>`: whoever asks is counted. */
  readonly url: string;
  /** Does not exist; only code of a project that ran could make it. */
  readonly ran: string;
};

export class Place {
  readonly dir: string;
  readonly targets: Targets;

  constructor(dir: string, targets: Targets) {
    this.dir = dir;
    this.targets = targets;
  }

  at(path: string): string {
    return join(this.dir, path);
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), content);
  }

  link(path: string, to: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    symlinkSync(to, this.at(path));
  }

  /** A file that says to have so many bytes, and takes no room. */
  sparse(path: string, bytes: number): void {
    this.write(path, '');
    truncateSync(this.at(path), bytes);
  }

  /** The small project that works, with other text in some of its files. */
  small(changes: Readonly<Record<string, string>> = {}): void {
    for (const [path, content] of SMALL_PROJECT) this.write(path, changes[path] ?? content);
    for (const [path, content] of Object.entries(changes)) if (!SMALL_PROJECT.has(path)) this.write(path, content);
  }

  /** The small project with another design. */
  design(change: (design: SmallDesign) => object | string): void {
    const changed = change(smallDesign());
    this.small({ 'design.json': typeof changed === 'string' ? changed : JSON.stringify(changed, null, 2) });
  }
}

export type SmallDesign = { name: string; nodes: Record<string, Record<string, Json>>; wires: Json[] };
export const smallDesign = (): SmallDesign => JSON.parse(Buffer.from(SMALL_PROJECT.get('design.json')!).toString()) as SmallDesign;

/** Code that does all that it should not be able to. */
export const harm = ({ ran, url }: Targets): string => `
import { writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
writeFileSync(${JSON.stringify(ran)}, 'ran');
spawn('/bin/sh', ['-c', ${JSON.stringify(`touch ${ran}`)}]);
await fetch(${JSON.stringify(`${url}/handler`)});
export default process.exit(1);
`;
