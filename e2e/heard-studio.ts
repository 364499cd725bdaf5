/** A core behind a server that is attacked: what reached it is what the server accepted. */
import { ok } from '../shared/errors/result';
import type { Client } from '../main/core/studio/context';
import type { Studio } from '../main/core/studio/studio';

export class HeardStudio implements Studio {
  readonly heard: { readonly name: unknown; readonly input: unknown }[] = [];
  readonly clients = new Set<Client>();
  /** While it is held, nothing is answered. */
  held: Promise<void> = Promise.resolve();

  async request(name: unknown, input: unknown, client: Client): Promise<{ readonly answer: unknown }> {
    this.heard.push({ name, input });
    this.clients.add(client);
    await this.held;
    return { answer: ok(null) };
  }
  leave(client: Client): void {
    this.clients.delete(client);
  }
  async close(): Promise<void> {
    this.clients.clear();
  }
}
