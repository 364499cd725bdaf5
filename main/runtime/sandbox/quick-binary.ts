/**
 * The QuickJS binary of the package, compiled once a thread, with one thing more: its function table is exported. QuickJS tells
 * of a rejection nobody waits for through a C callback (`JS_SetHostPromiseRejectionTracker`), and the package has no way to set
 * it; with the table at hand, `rejection-tracker.ts` can. No code of the binary is changed. The package keeps its bytes to
 * itself, so they are taken where it hands them to the engine; whatever is not as expected ends the host before it is ready.
 */
import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant } from 'quickjs-emscripten-core';
import { assert } from '../../../shared/assert';

/** Pages an instance begins with: QuickJS's own build asks for as many. */
export const INITIAL_PAGES = 256;
export const TABLE_EXPORT = 'functionTable';

const HEADER_BYTES = 8;
const EXPORT_SECTION = 7;
const KIND_TABLE = 1;

let compiled: Promise<WebAssembly.Module> | undefined;

export function compileQuickJs(): Promise<WebAssembly.Module> {
  compiled ??= captureBytes().then((bytes) => WebAssembly.compile(exportTable(bytes)));
  return compiled;
}

/** Starts one instance and stops it at the moment it hands over its bytes. */
async function captureBytes(): Promise<Uint8Array> {
  const wasmMemory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: INITIAL_PAGES });
  const { instantiate } = WebAssembly;
  const isOurs = (imports: WebAssembly.Imports): boolean => Object.values(imports).some((names) => Object.values(names).includes(wasmMemory));
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      WebAssembly.instantiate = (source, imports) => {
        if (!isOurs(imports)) return instantiate(source, imports);
        resolve(new Uint8Array(source));
        // That instance is never made: its promise goes with its memory.
        return new Promise(() => undefined);
      };
      newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory })).catch(reject);
    });
  } finally {
    WebAssembly.instantiate = instantiate;
  }
}

/** WebAssembly core specification, section 5.5: sections are (id, size, body); the body of an export section is a list. */
function exportTable(bytes: Uint8Array): Uint8Array {
  for (let at = HEADER_BYTES; at < bytes.length; ) {
    const size = readUnsigned(bytes, at + 1);
    const end = size.next + size.value;
    if (bytes[at] === EXPORT_SECTION) {
      const count = readUnsigned(bytes, size.next);
      const name = new TextEncoder().encode(TABLE_EXPORT);
      const body = [...unsigned(count.value + 1), ...bytes.subarray(count.next, end), name.length, ...name, KIND_TABLE, 0];
      return Uint8Array.from([...bytes.subarray(0, at), EXPORT_SECTION, ...unsigned(body.length), ...body, ...bytes.subarray(end)]);
    }
    at = end;
  }
  assert(false, 'the QuickJS binary has no export section: another build of the package than the one this was written for');
}

/** LEB128, as everywhere in WebAssembly. */
function readUnsigned(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let at = start, shift = 0; ; at += 1, shift += 7) {
    const byte = bytes[at];
    assert(byte !== undefined, 'the QuickJS binary ends in the middle of a number');
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, next: at + 1 };
  }
}

function unsigned(value: number): readonly number[] {
  const bytes: number[] = [];
  for (let rest = value; ; ) {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
    if (rest === 0) return bytes;
  }
}
