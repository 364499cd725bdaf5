import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';
import { assert } from '../../../shared/assert';
import type { Limits } from './limits';
import { compileQuickJs, INITIAL_PAGES, TABLE_EXPORT } from './quick-binary';
import { RejectionTracker } from './rejection-tracker';

/** A WebAssembly instance of QuickJS with a memory of its own, and the guests that live in it. */
export class QuickInstance {
  readonly module: QuickJSWASMModule;
  readonly rejections: RejectionTracker;
  readonly #memory: WebAssembly.Memory;
  readonly #mostBytes: number;
  /** Called when another guest of this instance has spoilt it. */
  readonly sharers = new Map<object, () => void>();
  isSpent = false;

  private constructor(module: QuickJSWASMModule, memory: WebAssembly.Memory, parts: { readonly table: unknown; readonly mostBytes: number }) {
    this.module = module;
    this.#memory = memory;
    this.#mostBytes = parts.mostBytes;
    this.rejections = new RejectionTracker(module, memory, parts.table);
    this.rejections.prove();
  }

  static async create(limits: Limits): Promise<QuickInstance> {
    const binary = await compileQuickJs();
    const pages = Math.max(limits.memoryPages, INITIAL_PAGES);
    const wasmMemory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: pages });
    let made: WebAssembly.Instance | undefined;
    const instantiateWasm = (imports: WebAssembly.Imports, onSuccess: (instance: WebAssembly.Instance) => void): WebAssembly.Exports => {
      made = new WebAssembly.Instance(binary, imports);
      onSuccess(made);
      return made.exports;
    };
    const module = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory, emscriptenModule: { instantiateWasm } }));
    assert(made, 'QuickJS came from another instance than the one made for it');
    return new QuickInstance(module, wasmMemory, { table: made.exports[TABLE_EXPORT], mostBytes: pages * 65_536 });
  }

  /** WebAssembly memory never shrinks: one that has reached its maximum has refused somebody, or is about to. */
  get isFull(): boolean {
    return this.#memory.buffer.byteLength >= this.#mostBytes;
  }

  /** Nobody uses it any more; those who shared it with the culprit are told. */
  spend(culprit: object): void {
    if (this.isSpent) return;
    this.isSpent = true;
    const others = [...this.sharers].filter(([guest]) => guest !== culprit);
    this.sharers.clear();
    for (const [, onLost] of others) onLost();
  }
}
