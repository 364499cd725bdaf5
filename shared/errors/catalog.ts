/**
 * Every code that a person can meet, with its meaning: docs/errors is made from this (`npm run docs`). Whoever reports a problem
 * names an `ErrorCode`, so a code that is not listed does not compile. A code is never used again for another meaning: gaps stay.
 */
import type { CatalogEntry } from './catalog-entry';
import { editsCatalog } from './catalog-edits';
import { designCatalog } from './catalog-design';
import { exportCatalog } from './catalog-export';
import { guardCatalog } from './catalog-guards';
import { handlerCatalog } from './catalog-handlers';
import { mockCatalog } from './catalog-mocks';
import { modelsCatalog } from './catalog-models';
import { modelAgentCatalog } from './catalog-model-agents';
import { openCatalog } from './catalog-open';
import { projectCatalog } from './catalog-project';
import { protocolCatalog } from './catalog-protocols';
import { routerCatalog } from './catalog-routers';
import { runCatalog } from './catalog-run';
import { scenarioCatalog } from './catalog-scenarios';
import { shellCatalog } from './catalog-shell';
import { storeCatalog } from './catalog-store';
import { studioRunsCatalog } from './catalog-studio-runs';
import { supervisionCatalog } from './catalog-supervision';
import { testFileCatalog, testRunCatalog } from './catalog-tests';
import { toolCatalog, toolRunCatalog } from './catalog-tools';
import { wireCatalog } from './catalog-wires';

/** What the compiler reports: problems of a project, its scenarios and its tests. */
export const compilerCatalog = {
  ...projectCatalog,
  ...designCatalog,
  ...supervisionCatalog,
  ...wireCatalog,
  ...guardCatalog,
  ...routerCatalog,
  ...protocolCatalog,
  ...handlerCatalog,
  ...modelAgentCatalog,
  ...toolCatalog,
  ...scenarioCatalog,
  ...testFileCatalog,
} as const;
export type CompilerCode = keyof typeof compilerCatalog;

const all = { ...compilerCatalog, ...runCatalog, ...mockCatalog, ...storeCatalog, ...exportCatalog, ...editsCatalog, ...openCatalog, ...modelsCatalog, ...shellCatalog, ...toolRunCatalog, ...studioRunsCatalog, ...testRunCatalog } as const;
export type ErrorCode = keyof typeof all;
export const catalog: Readonly<Record<ErrorCode, CatalogEntry>> = all;

/** The page that explains a code, from the top of the checkout. */
export const pageOf = (code: ErrorCode): string => `docs/errors/${code}.md`;
