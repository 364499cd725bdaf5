/** The arrows of the house (docs/architecture.md). `npm run lint` reads this; scripts/house.test.ts proves that it bites. */
const only = (from, allowed) => ({
  name: `${from.replace(/\//g, '-')}-arrows`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: '^(main|shared|renderer)/', pathNot: `^(${[from, ...allowed].join('|')})/` },
});
const rules = [
  only('shared', []),
  only('main/kernel', ['shared']),
  only('main/supervision', ['main/kernel', 'shared']),
  only('main/guards', ['main/kernel', 'shared']),
  only('main/behaviours', ['main/kernel', 'main/supervision', 'main/guards', 'shared']),
  only('main/runtime', ['main/kernel', 'main/supervision', 'main/guards', 'main/behaviours', 'shared']),
  only('main/simulator', ['main/kernel', 'main/supervision', 'main/guards', 'main/behaviours', 'main/runtime/sandbox', 'shared']), // both worlds run the same sandbox
  only('main/compiler', ['shared']),
  only('main/store', ['shared']),
  only('main/export', ['shared']),
  only('main/core', ['main/compiler', 'main/store', 'main/export', 'main/runtime', 'main/simulator', 'main/kernel', 'main/supervision', 'shared']),
  // A bundle's entry brings its own SQLite; `serve` starts the server (docs/decisions/2026-11-25-serve-starts-the-server.md).
  only('main/cli', ['main/core', 'main/store', 'main/server', 'shared']),
  { name: 'only-serve-starts-the-server', severity: 'error', from: { path: '^main/cli/', pathNot: '^main/cli/serve\\.ts$' }, to: { path: '^main/server/' } },
  only('main/server', ['main/core', 'shared']),
  only('main/app', ['main/core', 'shared']),
  { name: 'only-the-app-knows-electron', severity: 'error', from: { path: '^(main|renderer|shared)/', pathNot: '^main/app/' }, to: { path: 'node_modules/electron/' } },
  only('renderer', ['shared']),
];
module.exports = {
  forbidden: [
    ...rules,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], mainFields: ['module', 'main'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
