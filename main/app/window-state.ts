/** Where the window was: kept in the data folder, and used only while it still lies on a screen. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const side = z.int().min(-100_000).max(100_000);
const size = z.int().min(200).max(20_000);
const schema = z.strictObject({ x: side, y: side, width: size, height: size, isMaximized: z.boolean() });
export type WindowState = z.infer<typeof schema>;
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** How much of a window has to be on a screen to be taken hold of. */
const GRIP = 80;

export function readWindowState(file: string): WindowState | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Absent or broken: the window opens where windows open.
    return undefined;
  }
}

/** A state that can't be kept is no reason to tell anybody. */
export function keepWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch {
    return;
  }
}

export const isOnScreen = (window: Area, screens: readonly Area[]): boolean =>
  screens.some((screen) => window.x + window.width >= screen.x + GRIP && window.x <= screen.x + screen.width - GRIP && window.y >= screen.y - 1 && window.y <= screen.y + screen.height - GRIP);
