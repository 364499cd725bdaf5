/** Starts what the core starts, inside a running Electron: the compiler's and the store's thread, the engine, the simulator. */
import type Fs from 'node:fs';
import { join } from 'node:path';
import type Url from 'node:url';
import type WorkerThreads from 'node:worker_threads';
import type { ElectronApplication } from '@playwright/test';

export type StartedParts = { readonly opened: unknown; readonly started: unknown; readonly result: unknown };

/** `build` is the folder of the build as this Electron has it. The engine gets to its root; the simulator ends a whole run. */
export async function startParts(app: ElectronApplication, build: string, projectDir: string, home: string): Promise<StartedParts> {
  return app.evaluate(
    async ({ utilityProcess }, { build, projectDir, store }) => {
      const load = process.mainModule!.require.bind(process.mainModule);
      const { Worker } = load('node:worker_threads') as typeof WorkerThreads;
      const { pathToFileURL } = load('node:url') as typeof Url;
      const askThread = (file: string, question: object): Promise<Record<string, unknown>> =>
        new Promise((resolve, reject) => {
          const worker = new Worker(`${build}/core/${file}.js`);
          worker.once('message', resolve).once('error', reject);
          worker.postMessage(question);
        });
      const fork = (entry: string, until: (message: Record<string, unknown>) => boolean, ask?: (message: Record<string, unknown>) => object | undefined): Promise<Record<string, unknown>> =>
        new Promise((resolve, reject) => {
          const child = utilityProcess.fork(`${build}/child/child.cjs`, [pathToFileURL(`${build}/engine/${entry}.js`).href], { env: { TZ: 'UTC' }, stdio: 'ignore' });
          child.on('exit', (code) => reject(new Error(`${entry}: exit ${code}`)));
          child.on('message', (text: string) => {
            const message = JSON.parse(text) as Record<string, unknown>;
            const more = ask?.(message);
            if (more) child.postMessage(JSON.stringify(more));
            if (message['type'] === 'fatal') reject(new Error(String(message['message'])));
            if (!until(message)) return;
            child.removeAllListeners();
            child.kill();
            resolve(message);
          });
          if (!ask) child.postMessage(JSON.stringify({ type: 'simulate', program, scenario, seeds: [1], files, wantJournal: false }));
        });
      const compiled = (await askThread('compiler-worker', { id: 1, kind: 'compile', projectDir })) as { readonly value: { readonly programText: string } };
      const program = JSON.parse(compiled.value.programText) as { readonly hash: string; readonly files: readonly { readonly path: string }[] };
      const { value: plan } = await askThread('compiler-worker', { id: 1, kind: 'scenario', projectDir, program });
      const scenario = (plan as { readonly value: unknown }).value;
      const { readFileSync } = load('node:fs') as typeof Fs;
      const files = Object.fromEntries(program.files.map(({ path }) => [path, readFileSync(`${projectDir}/${path}`).toString('base64')]));
      const header = { format: 'prismatic-journal/1', program: program.hash, world: 'real', seed: 1, scenario: null };
      const opened = await askThread('store-worker', { id: 1, command: { kind: 'open', run: { file: store, header } } });
      const started = await fork('engine', ({ type }) => type === 'rootStarted', ({ type }) => (type === 'ready' ? { type: 'start', program, seed: 1, engineLife: 1, epochMs: Date.now(), elapsedMs: 0, trace: false, nativeHandlers: false } : undefined));
      const { result } = await fork('simulate', ({ type }) => type === 'result');
      return { opened: opened['ok'], started: started['type'], result };
    },
    { build, projectDir, store: join(home, 'run.db') },
  );
}
