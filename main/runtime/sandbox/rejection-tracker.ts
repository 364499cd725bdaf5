/**
 * Hears of every promise inside an instance that is rejected while nobody waits for it, and of those that somebody then waits
 * for after all. QuickJS's own hook for hosts, set by hand: see `quick-binary.ts`. Exact for all promises, also those of async
 * functions, `Promise.reject` and chains.
 */
import { Lifetime, type QuickJSHandle, type QuickJSRuntime, type QuickJSWASMModule } from 'quickjs-emscripten-core';
import type { JSContextPointer, JSValuePointer } from '@jitl/quickjs-ffi-types';
import { assert } from '../../../shared/assert';

/** `JSRuntime.host_promise_rejection_tracker`: two words after `interrupt_handler` in this build; `prove` fails if it moved. */
const TRACKER_BYTE = 160;
/** Reasons kept for the one that is told; more promises than these are counted without. */
const MOST_REASONS = 16;

/** (module (func (import "e" "f") (param i32 i64 i64 i32 i32)) (export "f" (func 0))): gives a function of ours the C type. */
const TYPED_IMPORT = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 9, 1, 0x60, 5, 0x7f, 0x7e, 0x7e, 0x7f, 0x7f, 0, 2, 7, 1, 1, 101, 1, 102, 0, 0, 7, 5, 1, 1, 102, 0, 0);

export class RejectionTracker {
  readonly #module: QuickJSWASMModule;
  readonly #memory: WebAssembly.Memory;
  readonly #slot: number;
  /** Set by the guest whose turn it is: an instance runs one at a time. */
  listener: Rejections | undefined;

  constructor(module: QuickJSWASMModule, memory: WebAssembly.Memory, table: unknown) {
    assert(table instanceof WebAssembly.Table, 'the QuickJS instance has no function table');
    this.#module = module;
    this.#memory = memory;
    this.#slot = table.grow(1);
    const told = (context: JSContextPointer, promise: bigint, reason: bigint, isHandled: number): void => {
      if (isHandled !== 0) this.listener?.handled(promise);
      else this.listener?.rejected(promise, (runtime) => this.#hold(context, reason, runtime));
    };
    table.set(this.#slot, new WebAssembly.Instance(new WebAssembly.Module(TYPED_IMPORT), { e: { f: told } }).exports['f']);
  }

  watch(runtime: QuickJSRuntime): void {
    new DataView(this.#memory.buffer).setUint32(pointerOf(runtime) + TRACKER_BYTE, this.#slot, true);
  }

  /** A handle of our own on a value that QuickJS lends for the length of the callback; nothing where memory is out. */
  #hold(context: JSContextPointer, bits: bigint, runtime: QuickJSRuntime): QuickJSHandle | undefined {
    const ffi = this.#module.getFFI();
    const scratch = ffi.QTS_NewFloat64(context, 0);
    if (scratch === 0) return undefined;
    const view = new DataView(this.#memory.buffer);
    const before = view.getBigInt64(scratch, true);
    view.setBigInt64(scratch, bits, true);
    const held = ffi.QTS_DupValuePointer(context, scratch);
    new DataView(this.#memory.buffer).setBigInt64(scratch, before, true);
    ffi.QTS_FreeValuePointer(context, scratch);
    if (held === 0) return undefined;
    return new Lifetime<JSValuePointer, JSValuePointer, QuickJSRuntime>(held, undefined, (value) => ffi.QTS_FreeValuePointer(context, value), runtime);
  }

  /** Once an instance: a rejection is heard, and one that is waited for is taken back. Anything else is another build. */
  prove(): void {
    const runtime = this.#module.newRuntime();
    this.watch(runtime);
    const context = runtime.newContext();
    const count = (code: string): number => {
      this.listener = new Rejections(runtime);
      context.unwrapResult(context.evalCode(code)).dispose();
      const { size } = this.listener;
      this.listener.dispose();
      this.listener = undefined;
      return size;
    };
    const heard = [count('Promise.reject(1)'), count('Promise.reject(1).then(() => 0, () => 0)'), count('(async () => { throw 1; })()')];
    context.dispose();
    runtime.dispose();
    assert(heard.join() === '1,0,1', `QuickJS tells of rejections as ${heard.join()}, not as 1,0,1: another build of the package than the one this was written for`);
  }
}

/** The rejections of one guest that nobody waits for, now. */
export class Rejections {
  readonly #runtime: QuickJSRuntime;
  readonly #open = new Map<bigint, QuickJSHandle | undefined>();
  /** Promises that were freed as they were: their address came up again for another. */
  readonly #final: (QuickJSHandle | undefined)[] = [];

  constructor(runtime: QuickJSRuntime) {
    this.#runtime = runtime;
  }

  get size(): number {
    return this.#open.size + this.#final.length;
  }

  rejected(promise: bigint, hold: (runtime: QuickJSRuntime) => QuickJSHandle | undefined): void {
    // A promise is rejected once, so a second time at one address means that the first is gone, unheard.
    if (this.#open.has(promise) && this.#final.length < MOST_REASONS) this.#final.push(this.#open.get(promise));
    else this.#open.get(promise)?.dispose();
    this.#open.set(promise, this.size < MOST_REASONS ? hold(this.#runtime) : undefined);
  }

  handled(promise: bigint): void {
    this.#open.get(promise)?.dispose();
    this.#open.delete(promise);
  }

  /** Why the first of them was rejected, where that could be kept. */
  firstReason(): QuickJSHandle | undefined {
    return [...this.#final, ...this.#open.values()].find((reason) => reason !== undefined);
  }

  dispose(): void {
    for (const reason of [...this.#final, ...this.#open.values()]) reason?.dispose();
    this.#final.length = 0;
    this.#open.clear();
  }
}

/** The package keeps the address of a runtime in a field that its types call private; there is no other way to it. */
function pointerOf(runtime: QuickJSRuntime): number {
  const { rt } = runtime as unknown as { readonly rt?: { readonly value?: unknown } };
  assert(typeof rt?.value === 'number', 'a QuickJS runtime has no address: another build of the package than the one this was written for');
  return rt.value;
}

