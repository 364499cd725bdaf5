/** QuickJS as it comes, calling the bench's handler with the same JSON: the limit of a sandboxed one. */
import vm from 'node:vm';
import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import { assert } from '../shared/assert';
import { perSecond, type Side } from './figure';
import { ECHO_HANDLER, inputOf } from './program';

export type Handle = (operation: 'say' | 'note', index: number) => unknown;

export async function bareQuickJs(): Promise<Handle> {
  const module = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory: new WebAssembly.Memory({ initial: 256, maximum: 512 }) }));
  const context = module.newRuntime().newContext();
  let answer = '';
  const done = context.newFunction('done', (json) => {
    answer = context.getString(json);
  });
  context.setProp(context.global, 'done', done);
  const run = context.unwrapResult(context.evalCode(`const self = { state: {} }; const echo = ${ECHO_HANDLER}; (operation, json) => { Promise.resolve(echo[operation](JSON.parse(json), self)).then((value) => done(JSON.stringify(value ?? null))); }`));
  const names = { say: context.newString('say'), note: context.newString('note') };
  return (operation, index) => {
    const json = context.newString(JSON.stringify(inputOf(index)));
    context.unwrapResult(context.callFunction(run, context.undefined, names[operation], json)).dispose();
    json.dispose();
    context.runtime.executePendingJobs();
    return JSON.parse(answer) as unknown;
  };
}

/** The same handler on V8, the same JSON in and out. */
export function bareV8(): Handle {
  const self = { state: {} };
  const echo = vm.runInThisContext(`(${ECHO_HANDLER})`) as Readonly<Record<string, (input: unknown, self: object) => unknown>>;
  return (operation, index) => {
    const given: unknown = JSON.parse(JSON.stringify(inputOf(index)));
    return JSON.parse(JSON.stringify(echo[operation]!(given, self) ?? null)) as unknown;
  };
}

export function bareCalls(name: string, handle: Handle, operation: 'say' | 'note', count: number): Side {
  return {
    name,
    measure: () => {
      const begin = performance.now();
      for (let index = 0; index < count; index += 1) assert(handle(operation, index) !== undefined, 'the bare handler did not answer');
      return perSecond(count, performance.now() - begin);
    },
  };
}
