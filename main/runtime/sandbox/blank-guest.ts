import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import { assert } from '../../../shared/assert';
import { BOOT_FILE, GUEST_BOOT } from './guest-boot';
import type { Limits } from './limits';
import type { QuickInstance } from './quick-instance';
import { Rejections } from './rejection-tracker';

/**
 * What every guest begins as: a runtime and a context of its own, in which our boot code has been read and nothing else has run. Reading
 * it is two thirds of a start, and the same for all, so that it may be done before there is a guest. One guest takes it, and it ends with
 * that guest: nothing that ran in it is ever seen by another.
 */
export class BlankGuest {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  readonly rejections: Rejections;
  #boot: QuickJSHandle | undefined;

  constructor(instance: QuickInstance, limits: Limits) {
    this.runtime = instance.module.newRuntime();
    this.runtime.setMaxStackSize(limits.stackBytes);
    this.rejections = new Rejections(this.runtime);
    instance.rejections.watch(this.runtime);
    this.context = this.runtime.newContext();
  }

  /** Reads the boot code, unless that was done. Answers what it threw, if it did. */
  open(): QuickJSHandle | undefined {
    if (this.#boot) return undefined;
    const result = this.context.evalCode(GUEST_BOOT, BOOT_FILE, { strict: true });
    if (result.error) return result.error;
    this.#boot = result.value;
    return undefined;
  }

  /** The boot function, which is then the caller's to dispose of. */
  takeBoot(): QuickJSHandle {
    assert(this.#boot, 'a blank guest is opened first, and taken once');
    const boot = this.#boot;
    this.#boot = undefined;
    return boot;
  }

  dispose(): void {
    this.rejections.dispose();
    this.#boot?.dispose();
    this.context.dispose();
    this.runtime.dispose();
  }
}
