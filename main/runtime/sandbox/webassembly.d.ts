/** The one piece of WebAssembly that we name ourselves: Node has it, `lib.es2023` does not describe it. */
declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
  }
  type Module = object;
}
