/**
 * An edit on its way into the hosts of a run. First every host takes the new program: a process that is started before all have it might
 * meet a host that does not know it. Then each supervisor is asked to replace its changed children. A host that is lost meanwhile begins
 * anew with the new program, so it needs no more asking.
 */
import type { ReplacedChild } from '../../shared/run/engine-protocol';
import type { Json } from '../../shared/json/json';
import type { Program } from '../../shared/program/program';
import type { HostHandle } from './host-handle';
import type { Requests } from './requests';

type Edit = { readonly token: number; readonly program: Program; readonly replace: readonly ReplacedChild[] };

export type ApplyingOptions = { readonly requests: Requests; readonly hostOf: (node: string) => HostHandle | undefined; readonly tell: (token: number, failed: readonly string[]) => void };

export class Applying {
  readonly #options: ApplyingOptions;
  #edit: Edit | undefined;
  #programming: HostHandle[] = [];
  /** Replacements that have not been answered. */
  #open = 0;
  #failed: string[] = [];

  constructor(options: ApplyingOptions) {
    this.#options = options;
  }

  /** One edit at a time: the core waits for `applied`. */
  begin(edit: Edit, hosts: readonly HostHandle[]): void {
    this.#edit = edit;
    this.#failed = [];
    this.#open = 0;
    this.#programming = [...hosts];
    for (const handle of hosts) handle.send({ type: 'input', input: { type: 'program', program: edit.program } });
    this.#look();
  }

  programmed(handle: HostHandle): void {
    this.#programming = this.#programming.filter((one) => one !== handle);
    this.#look();
  }

  /** What was asked of its supervisors, `Requests` says. */
  lose(handle: HostHandle): void {
    if (this.#programming.includes(handle)) this.programmed(handle);
  }

  #look(): void {
    if (!this.#edit || this.#programming.length > 0) return;
    const { token, replace } = this.#edit;
    this.#open = 1;
    for (const { supervisor, child } of replace) this.#ask(token, supervisor, child);
    this.#answered(token);
  }

  #ask(token: number, supervisor: string, child: string): void {
    const { requests, hostOf } = this.#options;
    const handle = hostOf(supervisor);
    if (!handle) return;
    this.#open += 1;
    requests.ask(handle, (ref) => ({ type: 'replace', ref, supervisor, child }), (body) => {
      // A supervisor or child that is not there will be started by the new program, if at all.
      if (this.#edit?.token === token && errorOf(body) === 'start_failed') this.#failed.push(child);
      this.#answered(token);
    });
  }

  #answered(token: number): void {
    if (this.#edit?.token !== token) return;
    this.#open -= 1;
    if (this.#open > 0) return;
    this.#edit = undefined;
    this.#options.tell(token, this.#failed);
  }
}

const errorOf = (body: Json | undefined): Json | undefined => (body !== null && typeof body === 'object' && 'error' in body ? body.error : undefined);
