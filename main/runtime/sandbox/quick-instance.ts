import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSWASMModule } from 'quickjs-emscripten-core';
import type { Limits } from './limits';

/** Pages an instance begins with: QuickJS's own build asks for as many. */
const INITIAL_PAGES = 256;

/** A WebAssembly instance of QuickJS with a memory of its own, and the guests that live in it. */
export class QuickInstance {
  readonly module: QuickJSWASMModule;
  /** Called when another guest of this instance has spoilt it. */
  readonly sharers = new Map<object, () => void>();
  isSpent = false;

  private constructor(module: QuickJSWASMModule) {
    this.module = module;
  }

  static async create(limits: Limits): Promise<QuickInstance> {
    const wasmMemory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: Math.max(limits.memoryPages, INITIAL_PAGES) });
    return new QuickInstance(await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory })));
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
