/**
 * One build for everything:
 *   dist/core      the studio core and its worker threads, started by the CLI; Electron starts the same threads
 *   dist/engine    the engine process and its host threads; the engine may read this folder and no other
 *   dist/bundle    what an exported project carries along
 *   dist/renderer  the page, the same in the window and in the browser
 *   dist/app       Electron's main process; dist/preload its preload; dist/child what it starts the engine with
 *   dist/conformance  cases of the OTP oracle on our kernel (npm run conformance); not built with the rest
 *   dist/bench     the bench and its hosts (npm run bench); not built with the rest
 *   dist/packages  which packages went into each of them (scripts/notices.mjs)
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const STAMP = at('./dist/built');

/** Electron's own module and native addons stay outside; everything else is bundled, so that an installed app needs one dependency. */
const native = ['electron', 'better-sqlite3'];
const external = [...native, ...builtinModules, /^node:/];

type Kind = 'module' | 'bundle' | 'cjs';
const outputs = {
  // Both runtimes load these; see main/app/old-node.ts.
  module: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name].js', banner: (chunk: { isEntry: boolean; name: string }) => (chunk.isEntry && chunk.name !== 'old-node' ? "import './old-node.js';" : '') },
  bundle: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false },
  cjs: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
} as const;

/** `npm start` builds where nothing is built: what a person sees is what is wrong, and these are not. The compiler holds a type stripper as text. */
const checks = { bundlerTimings: false };
const LARGEST_CHUNK_KB = 6000;

const nodeEnvironment = (out: string, kind: Kind, input: Record<string, string>): EnvironmentOptions => ({
  consumer: 'server',
  resolve: { noExternal: true, external: native },
  build: {
    outDir: at(`./dist/${out}`),
    emptyOutDir: kind !== 'bundle',
    target: 'node18',
    minify: false,
    sourcemap: kind !== 'bundle',
    copyPublicDir: false,
    chunkSizeWarningLimit: LARGEST_CHUNK_KB,
    rolldownOptions: {
      platform: 'node',
      external,
      checks,
      input: kind === 'module' ? { ...input, 'old-node': at('./main/app/old-node.ts') } : input,
      output: outputs[kind],
    },
  },
});

/** Writes down which packages an environment is made of, its page's workers among them: their licences are shipped. */
const found = new Map<string, Set<string>>();
const listPackages: Plugin = {
  name: 'list-packages',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
    // Fonts that a style sheet names are no modules.
    const assets = Object.values(bundle).flatMap((file) => (file.type === 'asset' ? file.originalFileNames : []));
    const names = [...chunks, ...assets].flatMap((id) => [...id.matchAll(/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)/g)].slice(-1).map(([, name]) => name!));
    const all = new Set([...(found.get(this.environment.name) ?? []), ...names]);
    found.set(this.environment.name, all);
    mkdirSync(at('./dist/packages'), { recursive: true });
    writeFileSync(at(`./dist/packages/${this.environment.name}.json`), `${JSON.stringify([...all].sort(), null, 2)}\n`);
  },
};

const everything = ['core', 'engine', 'bundleMain', 'bundleEngine', 'bundleHost', 'client', 'app', 'preload', 'child'];

export default defineConfig({
  root: at('./renderer'),
  publicDir: false,
  plugins: [react(), listPackages],
  // The shell that serves the page puts a fresh nonce in the place of this word, at every load.
  html: { cspNonce: '__CSP_NONCE__' },
  builder: {
    async buildApp(builder) {
      const wanted = process.env['PRISMATIC_BUILD']?.split(',');
      if (!wanted || everything.some((name) => wanted.includes(name))) rmSync(STAMP, { force: true });
      if (!wanted) rmSync(at('./dist/packages'), { recursive: true, force: true });
      for (const name of wanted ?? everything) await builder.build(builder.environments[name]!);
      if (!wanted) writeFileSync(STAMP, '');
    },
  },
  environments: {
    core: nodeEnvironment('core', 'module', {
      cli: at('./main/cli/main.ts'),
      'store-worker': at('./main/store/store-worker.ts'),
      'workspace-worker': at('./main/store/workspace-worker.ts'),
      'compiler-worker': at('./main/compiler/compiler-worker.ts'),
    }),
    // What an export copies: one file each, no dependency, SQLite by node:sqlite.
    bundleMain: nodeEnvironment('bundle', 'bundle', { main: at('./main/cli/bundle.ts') }),
    bundleEngine: nodeEnvironment('bundle', 'bundle', { engine: at('./main/runtime/engine.ts') }),
    bundleHost: nodeEnvironment('bundle', 'bundle', { host: at('./main/runtime/host.ts') }),
    engine: nodeEnvironment('engine', 'module', {
      engine: at('./main/runtime/engine.ts'),
      host: at('./main/runtime/host.ts'),
      simulate: at('./main/simulator/process.ts'),
      tests: at('./main/simulator/tests/process.ts'),
    }),
    conformance: nodeEnvironment('conformance', 'module', { run: at('./main/core/conformance/run.ts') }),
    // The engine as it is, beside hosts whose processes are those of a case.
    conformanceEngine: nodeEnvironment('conformance/engine', 'module', { engine: at('./main/runtime/engine.ts'), host: at('./main/runtime/conformance/case-host.ts') }),
    bench: nodeEnvironment('bench', 'module', { run: at('./bench/run.ts'), report: at('./bench/report.ts'), 'raw-peer': at('./bench/raw-peer.ts') }),
    benchEngine: nodeEnvironment('bench/engine', 'module', { engine: at('./main/runtime/engine.ts'), host: at('./bench/load-host.ts') }),
    client: {
      build: {
        outDir: at('./dist/renderer'),
        emptyOutDir: true,
        target: 'chrome114',
        sourcemap: true,
        // Fonts are files of ours: the policy allows no `data:` font. The polyfill would be an inline script.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: LARGEST_CHUNK_KB,
        rolldownOptions: { input: at('./renderer/index.html'), checks },
      },
    },
    // CommonJS, since Electron before 28 loads nothing else as its first file; a sandboxed preload never does.
    app: nodeEnvironment('app', 'cjs', { main: at('./main/app/main.ts') }),
    preload: nodeEnvironment('preload', 'cjs', { preload: at('./main/app/preload.ts') }),
    child: nodeEnvironment('child', 'cjs', { child: at('./main/app/child.ts') }),
  },
  worker: { format: 'es', plugins: () => [listPackages], rolldownOptions: { checks } },
});
