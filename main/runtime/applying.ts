/**
 * An edit on its way into the hosts of a run. First every host takes the new program: a process that is started before all have it might
 * meet a host that does not know it. Then each supervisor is asked to replace its changed children. A host that is lost meanwhile begins
 * anew with the new program, so it needs no more asking.
 */
import type { ReplacedChild } from '../../shared/run/engine-protocol';
import type { Json } from '../../shared/json/json';
import type { Program } from '../../shared/program/program';
import type { HostHandle } from './host-handle';

type Edit = { readonly token: number; readonly program: Program; readonly replace: readonly ReplacedChild[] };
type Asked = { readonly token: number; readonly child: string; readonly handle: HostHandle };

export type ApplyingOptions = { readonly hostOf: (node: string) => HostHandle | undefined; readonly tell: (token: number, failed: readonly string[]) => void };

export class Applying {
  readonly #options: ApplyingOptions;
  #edit: Edit | undefined;
  #programming: HostHandle[] = [];
  readonly #asked = new Map<number, Asked>();
  #failed: string[] = [];
  #nextRef = 1;

  constructor(options: ApplyingOptions) {
    this.#options = options;
  }

  /** One edit at a time: the core waits for `applied`. */
  begin(edit: Edit, hosts: readonly HostHandle[]): void {
    this.#edit = edit;
    this.#failed = [];
    this.#asked.clear();
    this.#programming = [...hosts];
    for (const handle of hosts) handle.send({ type: 'input', input: { type: 'program', program: edit.program } });
    this.#look();
  }

  programmed(handle: HostHandle): void {
    this.#programming = this.#programming.filter((one) => one !== handle);
    this.#look();
  }

  respond(ref: number, body: Json): void {
    const asked = this.#asked.get(ref);
    if (!asked || !this.#asked.delete(ref)) return;
    const error = body !== null && typeof body === 'object' && 'error' in body ? body.error : undefined;
    // A supervisor or child that is not there will be started by the new program, if at all.
    if (error === 'start_failed') this.#failed.push(asked.child);
    this.#conclude();
  }

  lose(handle: HostHandle): void {
    if (!this.#edit) return;
    for (const [ref, asked] of [...this.#asked]) if (asked.handle === handle) this.#asked.delete(ref);
    if (this.#programming.includes(handle)) this.programmed(handle);
    else if (this.#programming.length === 0) this.#conclude();
  }

  #look(): void {
    if (!this.#edit || this.#programming.length > 0) return;
    const { token, replace } = this.#edit;
    for (const { supervisor, child } of replace) this.#ask(token, supervisor, child);
    this.#conclude();
  }

  #ask(token: number, supervisor: string, child: string): void {
    const handle = this.#options.hostOf(supervisor);
    if (!handle) return;
    const ref = this.#nextRef++;
    this.#asked.set(ref, { token, child, handle });
    handle.send({ type: 'input', input: { type: 'replace', ref, supervisor, child } });
  }

  #conclude(): void {
    if (!this.#edit || this.#asked.size > 0) return;
    const { token } = this.#edit;
    this.#edit = undefined;
    this.#options.tell(token, this.#failed);
  }
}
