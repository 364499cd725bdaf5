/** Requests of a window's page, as the page itself makes them. */
import { expect, type Page } from '@playwright/test';
import type { Reply } from '../../main/core/studio/studio';

export type Bridge = { readonly prismatic: { readonly request: (name: string, input: unknown) => Promise<Reply> } };

export const ask = (page: Page, name: string, input: unknown): Promise<Reply> => page.evaluate(([asked, given]) => (globalThis as unknown as Bridge).prismatic.request(asked as string, given), [name, input]);

/** The page is there and its requests are answered. */
export async function isUp(page: Page): Promise<void> {
  // Not by animation frames: a window that another one covers has none.
  await expect(page.locator('#root > *').first()).toBeAttached();
  expect(await ask(page, 'shell.info', {})).toHaveProperty('answer.kind', 'window');
}

/** The value of a request that has to work. */
export async function get<T>(page: Page, name: string, input: unknown): Promise<T> {
  const reply = await ask(page, name, input);
  if ('fault' in reply) throw new Error(`${name}: ${reply.fault}`);
  const answer = reply.answer as { readonly ok?: boolean; readonly value?: T; readonly error?: { readonly code: string; readonly message: string } };
  if (answer.ok === false) throw new Error(`${name}: ${answer.error?.code} ${answer.error?.message}`);
  return answer.ok === true ? answer.value! : (answer as T);
}
