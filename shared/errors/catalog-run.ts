import type { CatalogPart } from './catalog-entry';

/** Codes of runs and grants: RUN0xx and GRA0xx. */
export const runCatalog = {} as const satisfies CatalogPart;
