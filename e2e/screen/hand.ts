/** A hand on the pointer: it takes hold of things on the canvas, carries them, and can wait before it lets go. */
import type { Locator, Page } from '@playwright/test';

/** Where in a thing: parts of its width and height, and pixels on top. */
export type Spot = { readonly x: number; readonly y: number; readonly dx?: number; readonly dy?: number };
export const MIDDLE: Spot = { x: 0.5, y: 0.5 };
/** The head of a region: below it stands what the region holds. */
export const HEAD: Spot = { x: 0.5, y: 0, dy: 14 };
/** Moves on the way: a gesture hears each. */
const STEPS = 12;

export type At = { readonly x: number; readonly y: number };

export async function spotOf(thing: Locator, { x, y, dx = 0, dy = 0 }: Spot = MIDDLE): Promise<At> {
  const box = await thing.boundingBox();
  if (!box) throw new Error(`nothing to point at: ${String(thing)}`);
  return { x: box.x + box.width * x + dx, y: box.y + box.height * y + dy };
}

/** Takes hold at one place and carries to the other; the button stays down. */
export async function carry(page: Page, from: At, to: At): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: STEPS });
}

export const carryOn = (page: Page, to: At): Promise<void> => page.mouse.move(to.x, to.y, { steps: STEPS });

export async function drag(page: Page, from: At, to: At): Promise<void> {
  await carry(page, from, to);
  await page.mouse.up();
}

/** A hand is never quite still: what is dragged from outside the canvas hears of its place only when it moves. */
export async function tremble(page: Page, at: At): Promise<void> {
  await page.mouse.move(at.x + 1, at.y);
  await page.mouse.move(at.x, at.y);
}
