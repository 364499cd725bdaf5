import type { CatalogPart } from './catalog-entry';

/** Codes of the store: STO0xx. */
export const storeCatalog = {} as const satisfies CatalogPart;
