/** One sample of all hosts at a time: asked of each, told once each has answered or is gone. A newer question makes an older one void. */
import type { HostSample } from '../../shared/run/engine-protocol';
import type { HostMeasure } from '../kernel/ports';
import type { HostHandle } from './host-handle';

export class Measuring {
  readonly #tell: (token: number, hosts: readonly HostSample[]) => void;
  #token = 0;
  #waiting = new Set<HostHandle>();
  #samples: HostSample[] = [];

  constructor(tell: (token: number, hosts: readonly HostSample[]) => void) {
    this.#tell = tell;
  }

  ask(token: number, hosts: readonly HostHandle[]): void {
    this.#token = token;
    this.#waiting = new Set(hosts.filter(({ isReady }) => isReady));
    this.#samples = hosts.filter(({ isReady }) => !isReady).map((handle) => downSample(handle));
    for (const handle of this.#waiting) handle.send({ type: 'measure', round: token });
    this.#look();
  }

  receive(handle: HostHandle, round: number, measure: HostMeasure): void {
    if (round !== this.#token || !this.#waiting.delete(handle)) return;
    this.#samples.push({ host: handle.host, life: handle.life, isUp: true, ...measure });
    this.#look();
  }

  lose(handle: HostHandle): void {
    if (!this.#waiting.delete(handle)) return;
    this.#samples.push(downSample(handle));
    this.#look();
  }

  #look(): void {
    if (this.#waiting.size === 0) this.#tell(this.#token, this.#samples);
  }
}

const downSample = ({ host, life }: HostHandle): HostSample => ({ host, life, isUp: false, processes: [], wires: [], guards: [] });
