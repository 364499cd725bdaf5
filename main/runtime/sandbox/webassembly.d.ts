/** The pieces of WebAssembly that we name ourselves: Node has them, `lib.es2023` does not describe them. */
declare namespace WebAssembly {
  type Imports = { readonly [module: string]: { readonly [name: string]: unknown } };
  type Exports = { readonly [name: string]: unknown };
  class Memory {
    constructor(descriptor: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
  }
  class Table {
    readonly length: number;
    /** Answers the length before. */
    grow(count: number): number;
    set(index: number, value: unknown): void;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: Imports);
    readonly exports: Exports;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  let instantiate: (source: Uint8Array, imports: Imports) => Promise<unknown>;
}
