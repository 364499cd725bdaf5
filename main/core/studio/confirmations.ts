/** Which lists of capabilities a person has allowed, by project folder: one small file of the data folder, written whole or not at all. */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const FILE = 'allowed-capabilities.json';
const FORMAT = 'prismatic-allowed/1';
/** Lists kept for a project, the newest. */
const MOST_LISTS = 50;

const allowedFile = z.strictObject({ format: z.literal(FORMAT), projects: z.record(z.string(), z.array(z.string())) });
type Projects = z.infer<typeof allowedFile>['projects'];

export class Confirmations {
  readonly #dataDir: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** Hashes allowed for a project; none where the file is missing or says nothing that we understand: what is unclear is not allowed. */
  async of(projectDir: string): Promise<readonly string[]> {
    const projects = await this.#read();
    return Object.hasOwn(projects, projectDir) ? projects[projectDir]! : [];
  }

  /** Resolves once it is on the disk. */
  allow(projectDir: string, hash: string): Promise<void> {
    const written = this.#writing.then(() => this.#add(projectDir, hash));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #add(projectDir: string, hash: string): Promise<void> {
    const projects = await this.#read();
    const known = Object.hasOwn(projects, projectDir) ? projects[projectDir]! : [];
    if (known.at(-1) === hash) return;
    const hashes = [...known.filter((one) => one !== hash), hash].slice(-MOST_LISTS);
    await this.#write({ ...projects, [projectDir]: hashes });
  }

  async #read(): Promise<Projects> {
    const text = await readFile(join(this.#dataDir, FILE), 'utf8').catch(() => '');
    const parsed = allowedFile.safeParse(parseJson(text));
    return parsed.success ? parsed.data.projects : {};
  }

  async #write(projects: Projects): Promise<void> {
    await mkdir(this.#dataDir, { recursive: true, mode: 0o700 });
    const temporary = join(this.#dataDir, `${FILE}.${process.pid}.part`);
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ format: FORMAT, projects }, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(this.#dataDir, FILE));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
