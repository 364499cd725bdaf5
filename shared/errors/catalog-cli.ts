import type { CatalogPart } from './catalog-entry';

/** Codes of the command line and new projects: CLI0xx and NEW0xx. */
export const cliCatalog = {} as const satisfies CatalogPart;
