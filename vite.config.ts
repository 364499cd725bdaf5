/**
 * One build for everything that runs in Node. Three folders leave it:
 *   dist/core    the studio core and its worker threads, started by the CLI
 *   dist/engine  the engine process and its host threads; the engine may read this folder and no other
 *   dist/bundle  what an exported project carries along
 */
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Native addons stay outside; everything else is bundled, so that an installed app needs one dependency. */
const native = ['better-sqlite3'];
const external = [...native, ...builtinModules, /^node:/];

const nodeEnvironment = (out: string, input: Record<string, string>, isBundle = false): EnvironmentOptions => ({
  consumer: 'server',
  resolve: { noExternal: true, external: native },
  build: {
    outDir: at(`./dist/${out}`),
    emptyOutDir: !isBundle,
    target: 'node18',
    minify: false,
    sourcemap: !isBundle,
    copyPublicDir: false,
    rolldownOptions: {
      platform: 'node',
      external,
      input,
      output: { format: 'es', entryFileNames: isBundle ? '[name].mjs' : '[name].js', chunkFileNames: 'chunk-[name].js', ...(isBundle ? { codeSplitting: false } : {}) },
    },
  },
});

export default defineConfig({
  root: at('.'),
  builder: {
    async buildApp(builder) {
      const wanted = process.env['PRISMATIC_BUILD']?.split(',') ?? ['core', 'engine', 'bundleMain', 'bundleEngine', 'bundleHost'];
      for (const name of wanted) await builder.build(builder.environments[name]!);
    },
  },
  environments: {
    core: nodeEnvironment('core', {
      cli: at('./main/cli/main.ts'),
      'store-worker': at('./main/store/store-worker.ts'),
      'workspace-worker': at('./main/store/workspace-worker.ts'),
      'compiler-worker': at('./main/compiler/compiler-worker.ts'),
    }),
    // What an export copies: one file each, no dependency, SQLite by node:sqlite.
    bundleMain: nodeEnvironment('bundle', { main: at('./main/cli/bundle.ts') }, true),
    bundleEngine: nodeEnvironment('bundle', { engine: at('./main/runtime/engine.ts') }, true),
    bundleHost: nodeEnvironment('bundle', { host: at('./main/runtime/host.ts') }, true),
    engine: nodeEnvironment('engine', {
      engine: at('./main/runtime/engine.ts'),
      host: at('./main/runtime/host.ts'),
      simulate: at('./main/simulator/process.ts'),
    }),
  },
});
