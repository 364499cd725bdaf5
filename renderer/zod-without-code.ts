/**
 * Before any schema: the page's policy allows no code from text, and the attempt alone is reported as a violation. Zod looks for its
 * settings in this global when a schema is made; loading it only to set them would make the page begin later, and a bundler may put
 * schemas before the module that does.
 */
const place = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
Object.assign((place.__zod_globalConfig ??= {}), { jitless: true });

export {};
