/** Requests about the shell around the Studio: which kind it is, and what only it can do. */
import { z } from 'zod';
import type { Result } from '../errors/result';

/** Names a folder or file that the shell has shown to a person; a page never names paths of its own. */
export const handle = z.string().min(1).max(100);
export type Handle = z.infer<typeof handle>;

const nothing = z.strictObject({});
const LONGEST_CLIP = 7_000_000;

export const shellRequests = {
  /** First request of every page. */
  'shell.info': nothing,
  /** The system's own dialog; only in a window. `undefined` when the person changes their mind. */
  'shell.pick': z.strictObject({ what: z.enum(['openProject', 'newProject', 'openShared', 'saveShared', 'exportTo']), suggestedName: z.string().max(200).optional() }),
  /** Folders below a folder, or below the person's own; only in a browser, where there is no dialog. */
  'shell.browse': z.strictObject({ at: handle.optional(), name: z.string().max(255).optional() }),
  'shell.openLogs': nothing,
  'shell.licences': nothing,
  /** Text for the system's clipboard; only in a window, whose page has no right to it. A browser asks the person itself. */
  'shell.copy': z.strictObject({ text: z.string().max(LONGEST_CLIP) }),
  /** The nodes that the clipboard holds, as text; anything else in it stays unread (`undefined`). */
  'shell.paste': nothing,
  /** Opens a page of the web after asking; `https:` only. */
  'shell.openExternal': z.strictObject({ url: z.string().max(2000) }),
} as const;

export type ShellInfo = {
  readonly kind: 'window' | 'browser';
  readonly version: string;
  readonly platform: string;
  /** `ctrl` or `cmd`, for the words of shortcuts. */
  readonly modifier: 'Ctrl' | 'Cmd';
  /** A project that the command line asked for. */
  readonly openAtStart?: Handle;
};
export type Picked = { readonly handle: Handle; readonly shownPath: string };
export type Browsed = { readonly handle: Handle; readonly shownPath: string; readonly isProject: boolean; readonly parent?: Handle; readonly folders: readonly { readonly handle: Handle; readonly name: string; readonly isProject: boolean }[] };

export type ShellAnswers = {
  'shell.info': ShellInfo;
  'shell.pick': Result<Picked | undefined>;
  'shell.browse': Result<Browsed>;
  'shell.openLogs': Result<{ readonly shownPath: string }>;
  'shell.licences': string;
  'shell.copy': Result<null>;
  'shell.paste': Result<string | undefined>;
  'shell.openExternal': Result<null>;
};

/** What a menu of the window can ask its page for: the ids of the page's own commands. */
export const MENU_COMMANDS = [
  'project.new', 'project.open', 'project.openShared', 'project.share', 'project.export', 'project.close',
  'edit.undo', 'edit.redo', 'view.tree', 'view.flow', 'view.commands', 'view.zoomFit',
  'run.check', 'run.start', 'run.stop', 'run.simulate', 'help.shortcuts', 'help.about', 'help.licences',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

export type ShellEvents = {
  'shell.command': { readonly command: MenuCommand };
  /** Something around the page ended or failed, in words for people. */
  'shell.notice': { readonly level: 'info' | 'warning' | 'error'; readonly text: string };
};
