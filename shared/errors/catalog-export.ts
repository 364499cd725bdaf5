import type { CatalogPart } from './catalog-entry';

/** Codes of exports: EXP0xx. */
export const exportCatalog = {} as const satisfies CatalogPart;
