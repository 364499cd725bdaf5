/** The runs of the open projects: at most one for each is under way; the last one that ended stays readable. */
import { failed, ok, type Result } from '../../../shared/errors/result';
import type { Capabilities, Capability, RunState } from '../../../shared/api/run';
import { changedSubtrees } from '../../../shared/program/changed-subtrees';
import type { Program } from '../../../shared/program/program';
import type { Mocks } from '../../../shared/run/mock';
import { mockProgram } from '../mocks/mock-program';
import { capabilitiesOf, hashCapabilities } from './capabilities';
import { compileNow } from './compile-now';
import type { OpenProject, StudioContext } from './context';
import { LiveRun } from './live-run';
import type { RunParts } from './parts';

/** An ordered stop of all runs when the Studio closes; what is not down by then is killed. */
const CLOSE_GRACE_MS = 5000;

type Applied = { readonly run: string; readonly restarted: readonly string[]; readonly why?: string };
type Slot = { project: OpenProject; unlisten: () => void; readonly live: LiveRun };

export class ProjectRuns {
  readonly #context: StudioContext;
  readonly #parts: RunParts;
  readonly #slots = new Map<string, Slot>();
  readonly #starting = new Set<string>();

  constructor(context: StudioContext, parts: RunParts) {
    this.#context = context;
    this.#parts = parts;
  }

  async capabilities(project: OpenProject): Promise<Result<Capabilities>> {
    const compiled = await compileNow(project);
    if (!compiled.ok) return compiled;
    const list = capabilitiesOf(compiled.value);
    const hash = hashCapabilities(list);
    const allowed = await this.#allowed(project);
    return ok({ hash, program: compiled.value.hash, list, isConfirmed: allowed.includes(hash), isNewHere: allowed.length === 0 });
  }

  /** `confirmed` is the hash of the list that the person has seen; it is asked for until it is the list of this very program. */
  async start(project: OpenProject, confirmed: string, mocks: Mocks = {}): Promise<Result<RunState>> {
    const current = this.#slots.get(project.key)?.live;
    if ((current && !current.isOver) || this.#starting.has(project.key)) return failed({ code: 'RUN032', message: `${project.name} runs already`, fix: 'Stop it first, or apply the edits to it.' });
    this.#starting.add(project.key);
    try {
      const compiled = await compileNow(project);
      if (!compiled.ok) return compiled;
      const allowed = await this.#allow(project, compiled.value, confirmed);
      return allowed.ok ? await this.#begin(project, compiled.value, mocks) : allowed;
    } finally {
      this.#starting.delete(project.key);
    }
  }

  /**
   * Brings a run to what is drawn now: in place where that can be, else by an ordered stop and a new run. New capabilities are confirmed
   * first, as for a start.
   */
  async apply(live: LiveRun, confirmed: string | undefined): Promise<Result<Applied>> {
    const slot = [...this.#slots.values()].find((one) => one.live === live);
    if (!slot || live.isOver || this.#starting.has(slot.project.key)) return failed({ code: 'RUN034', message: 'this run has ended, or is being changed', fix: 'Run again.' });
    const { project } = slot;
    this.#starting.add(project.key);
    try {
      const compiled = await compileNow(project);
      if (!compiled.ok) return compiled;
      const allowed = await this.#allow(project, compiled.value, confirmed);
      return allowed.ok ? await this.#change(slot, compiled.value) : allowed;
    } finally {
      this.#starting.delete(project.key);
    }
  }

  /** Mocks stay, where their nodes do. */
  async #change({ project, live }: Slot, designed: Program): Promise<Result<Applied>> {
    const mocks = Object.fromEntries(Object.entries(live.program.mocks ?? {}).filter(([id]) => Object.hasOwn(designed.nodes, id)));
    const mocked = mockProgram(designed, mocks);
    if (!mocked.ok) return mocked;
    const program = mocked.value;
    const change = changedSubtrees(live.program, program);
    if (change.kind === 'none') return ok({ run: live.key, restarted: [] });
    if (change.kind === 'subtrees') {
      const applied = await live.apply(program, designed.hash, change.tops);
      return applied.ok ? ok({ run: live.key, restarted: change.tops }) : applied;
    }
    live.stop();
    await live.ended;
    const begun = await this.#begin(project, designed, mocks);
    return begun.ok ? ok({ run: begun.value.run, restarted: [program.root], why: change.why }) : begun;
  }

  /** Hashes of the lists that the person has allowed for this folder; none where that cannot be read: what is unclear is asked again. */
  async #allowed(project: OpenProject): Promise<readonly string[]> {
    const { workspace } = this.#context;
    return workspace.ok ? (await workspace.value.confirmations(project.dir)).map(({ hash }) => hash) : [];
  }

  async #keepAllowed(project: OpenProject, hash: string, list: readonly Capability[]): Promise<void> {
    const { workspace, world } = this.#context;
    if (!workspace.ok) return;
    await workspace.value.confirm(project.dir, { hash, atUnixMs: world.unixMs(), body: list });
    await workspace.value.markRun(project.dir);
  }

  /** `confirmed`, or what was confirmed before: either is this very list's hash. */
  async #allow(project: OpenProject, program: Program, confirmed: string | undefined): Promise<Result<null>> {
    const list = capabilitiesOf(program);
    const hash = hashCapabilities(list);
    const isAllowed = hash === confirmed || (confirmed === undefined && (await this.#allowed(project)).includes(hash));
    if (!isAllowed) return failed({ code: 'RUN031', message: 'what this run may do was not confirmed as it stands now', fix: 'Look at the list again, and allow it.' });
    const missing = list.find(({ needsGrant }) => needsGrant);
    if (missing) return failed({ code: 'RUN033', message: `${missing.node} ${missing.says}, which needs a grant`, fix: 'Grant it, or take it out of the design.' });
    await this.#keepAllowed(project, hash, list);
    return ok(null);
  }

  async #begin(project: OpenProject, designed: Program, mocks: Mocks): Promise<Result<RunState>> {
    const mocked = mockProgram(designed, mocks);
    if (!mocked.ok) return mocked;
    await this.#forget(project.key);
    const started = await LiveRun.start({ project, program: mocked.value, design: designed.hash, context: this.#context, parts: this.#parts });
    if (!started.ok) return started;
    const slot: Slot = { project, live: started.value, unlisten: project.onEdited(() => void this.#compare(slot)) };
    this.#slots.set(project.key, slot);
    return ok(started.value.state);
  }

  /** A folder that was closed while it ran, and is open again, has a new session: its edits are heard from here on. */
  adopt(project: OpenProject): void {
    const slot = this.#slots.get(project.key);
    if (!slot || slot.project === project) return;
    slot.unlisten();
    slot.project = project;
    slot.unlisten = project.onEdited(() => void this.#compare(slot));
    slot.live.belongTo(project);
    void this.#compare(slot);
  }

  async #compare({ project, live }: Slot): Promise<void> {
    if (live.isOver) return;
    const { hash } = await project.checked();
    live.compareWith(hash);
  }

  current(project: string): LiveRun | undefined {
    return this.#slots.get(project)?.live;
  }

  find(run: string): LiveRun | undefined {
    return [...this.#slots.values()].find(({ live }) => live.key === run)?.live;
  }

  /** Gives back the record of a run that has ended. */
  async #forget(project: string): Promise<void> {
    const slot = this.#slots.get(project);
    this.#slots.delete(project);
    slot?.unlisten();
    await slot?.live.close(CLOSE_GRACE_MS);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#slots.keys()].map((project) => this.#forget(project)));
  }
}
