/** The declarations of ECMAScript that TypeScript brings, without what the sandbox lacks (Intl, threads, weak references, pages). */
const found = import.meta.glob<string>(
  [
    '../../../node_modules/typescript/lib/lib.es{5,2015,2016,2017,2018,2019,2020,2021,2022,2023,2024}.*.d.ts',
    '../../../node_modules/typescript/lib/lib.es5.d.ts',
    '../../../node_modules/typescript/lib/lib.{decorators,decorators.legacy}.d.ts',
    '../../../node_modules/typescript/lib/lib.es2025.{collection,iterator,promise,regexp}.d.ts',
    '!**/*.{full,intl,sharedmemory,weakref}.d.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);

/** `lib.es5.d.ts` -> its text. */
export const LIBS: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(found).map(([path, text]) => [path.split('/').at(-1)!, text]));
