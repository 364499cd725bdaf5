/** What the request handlers of the studio core share. Each topic has its own file of handlers; `studio.ts` joins them. */
import type { StudioEvent } from '../../../shared/api/contract';
import type { ProjectKey } from '../../../shared/api/project';
import type { Result } from '../../../shared/errors/result';
import type { CheckedProject, CompiledProject } from '../compile';
import type { CoreWorld } from '../core-world';
import type { ForkChild } from '../fork-child';
import type { WorkspaceStore } from '../../store/workspace-store';
import type { KeyVault } from '../providers/find-key';
import type { Handles } from './handles';

/** A window, or a page in a browser. Gets the events of the projects that it has open. */
export type Client = {
  readonly id: string;
  readonly emit: (event: StudioEvent) => void;
  /** Folder of a project that this window was opened for. */
  readonly openAtStart?: string;
};

/** What only the shell around the core can do. A browser has none of the dialogs. */
export type ShellServices = {
  readonly kind: 'window' | 'browser';
  readonly pick?: (what: string, suggestedName: string | undefined) => Promise<string | undefined>;
  readonly openPath?: (path: string) => Promise<void>;
  /** Asks the person outside of the page, so that no page can answer: before a program of theirs is kept for being started. */
  readonly confirm?: (question: { readonly message: string; readonly detail: string; readonly yes: string }) => Promise<boolean>;
  readonly openExternal?: (url: string) => Promise<boolean>;
  readonly clipboard?: { readonly write: (text: string) => Promise<void>; readonly read: () => Promise<string> };
  /** How this shell starts the engine's and the simulator's process; Node's `fork` where it says nothing. */
  readonly forkChild?: ForkChild;
  /** Where keys are kept that a person enters. Without it none is taken: a browser. */
  readonly vault?: KeyVault;
  /** A grants file that the command line named. */
  readonly grantFile?: string;
};

/** An open project as runs, simulations and exports need it. */
export interface OpenProject {
  readonly key: ProjectKey;
  readonly name: string;
  /** Real path of the folder. */
  readonly dir: string;
  /** Waits until every acknowledged edit is in the files. */
  flush(): Promise<Result<null>>;
  /** The project as it stands now; the same answer while nothing has changed. */
  checked(): Promise<CheckedProject>;
  /** The same, with its program. */
  compile(): Promise<CompiledProject>;
  /** Tells after each edit; answers how to stop. */
  onEdited(listener: () => void): () => void;
}

export type StudioContext = {
  readonly dataDir: string;
  readonly world: CoreWorld;
  readonly shell: ShellServices;
  readonly version: string;
  readonly handles: Handles;
  readonly findProject: (key: ProjectKey) => OpenProject | undefined;
  /** What is kept about the person's projects: confirmed capabilities, window state. Fails where `workspace.db` can't be used. */
  readonly workspace: Result<WorkspaceStore>;
  /** Whether any client has the project open: telemetry is made only then. Absent: always. */
  readonly isWatched?: (project: ProjectKey) => boolean;
  /** To every client that has the project open. */
  readonly emitToProject: (project: ProjectKey, event: StudioEvent) => void;
};

