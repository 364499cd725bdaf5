/** The runs of the open projects: at most one for each is under way; the last one that ended stays readable. */
import type { Grant } from '../../../shared/design/grants';
import { failed, ok, type Result } from '../../../shared/errors/result';
import type { Capabilities, Capability, RunState } from '../../../shared/api/run';
import { changedSubtrees } from '../../../shared/program/changed-subtrees';
import { missingGrants, neededGrants } from '../../../shared/program/needed-grants';
import type { Program } from '../../../shared/program/program';
import type { ToolServers } from '../../../shared/run/tool-settings';
import { findMissingGrants } from '../grants';
import { readProviders } from '../providers/provider-file';
import { pinCommands } from '../tools/check-tools';
import { readTools } from '../tools/tool-file';
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
type Slot = { project: OpenProject; unlisten: () => void; readonly live: LiveRun; readonly records: boolean };
/** What a program reaches, as the person reads it, and the commands of that very moment. */
type Reach = { readonly list: readonly Capability[]; readonly servers: ToolServers };
/** `records`: what models and tools answer goes into the project's cassettes. */
export type StartOptions = { readonly records: boolean; readonly mocks: Mocks };
type Begin = StartOptions & { readonly designed: Program; readonly grants: readonly Grant[] };

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
    const { list } = await this.#reachOf(compiled.value);
    const hash = hashCapabilities(list);
    const allowed = await this.#allowed(project);
    return ok({ hash, program: compiled.value.hash, list, isConfirmed: allowed.includes(hash), isNewHere: allowed.length === 0 });
  }

  /** `confirmed` is the hash of the list that the person has seen; it is asked for until it is the list of this very program. */
  async start(project: OpenProject, confirmed: string, { records, mocks }: StartOptions): Promise<Result<RunState>> {
    const current = this.#slots.get(project.key)?.live;
    if ((current && !current.isOver) || this.#starting.has(project.key)) return failed({ code: 'RUN032', message: `${project.name} runs already`, fix: 'Stop it first, or apply the edits to it.' });
    this.#starting.add(project.key);
    try {
      const compiled = await compileNow(project);
      if (!compiled.ok) return compiled;
      const allowed = await this.#allow(project, compiled.value, confirmed);
      return allowed.ok ? await this.#begin(project, { designed: compiled.value, grants: allowed.value, records, mocks }) : allowed;
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
      return allowed.ok ? await this.#change(slot, compiled.value, allowed.value) : allowed;
    } finally {
      this.#starting.delete(project.key);
    }
  }

  /** Mocks stay, where their nodes do. */
  async #change({ project, live, records }: Slot, designed: Program, grants: readonly Grant[]): Promise<Result<Applied>> {
    const mocks = Object.fromEntries(Object.entries(live.program.mocks ?? {}).filter(([id]) => Object.hasOwn(designed.nodes, id)));
    const mocked = mockProgram(designed, mocks);
    if (!mocked.ok) return mocked;
    const program = mocked.value;
    const change = changedSubtrees(live.program, program);
    if (change.kind === 'none') return ok({ run: live.key, restarted: [] });
    if (change.kind === 'subtrees') {
      const applied = await live.apply(program, designed.hash, change.tops, grants);
      return applied.ok ? ok({ run: live.key, restarted: change.tops }) : applied;
    }
    live.stop();
    await live.ended;
    const begun = await this.#begin(project, { designed, grants, records, mocks });
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

  /** With where the person's providers are, and what their tools start: another address or command is another list. */
  async #reachOf(program: Program): Promise<Reach> {
    const { dataDir } = this.#context;
    const [providers, tools] = await Promise.all([readProviders(dataDir), readTools(dataDir)]);
    const servers = tools.ok ? tools.value : {};
    return { list: capabilitiesOf(program, { providers: providers.ok ? providers.value : {}, servers }), servers };
  }

  /**
   * `confirmed`, or what was confirmed before: either is this very list's hash. Answers what is granted with it: in the app all that the
   * list says; in a browser, which anybody who has the link may sit at, what the grants file of `serve` gives.
   */
  async #allow(project: OpenProject, program: Program, confirmed: string | undefined): Promise<Result<readonly Grant[]>> {
    const { list, servers } = await this.#reachOf(program);
    const hash = hashCapabilities(list);
    const isAllowed = hash === confirmed || (confirmed === undefined && (await this.#allowed(project)).includes(hash));
    if (!isAllowed) return failed({ code: 'RUN031', message: 'what this run may do was not confirmed as it stands now', fix: 'Look at the list again, and allow it.' });
    const granted = await this.#grant(program, { list, servers });
    if (granted.ok) await this.#keepAllowed(project, hash, list);
    return granted;
  }

  /** What goes along with an export of this very program; nothing where the person has not been asked yet. */
  async confirmedGrants(project: OpenProject, program: Program): Promise<readonly Grant[]> {
    const reach = await this.#reachOf(program);
    if (!(await this.#allowed(project)).includes(hashCapabilities(reach.list))) return [];
    const granted = await this.#grant(program, reach);
    return granted.ok ? granted.value : [];
  }

  async #grant(program: Program, { list, servers }: Reach): Promise<Result<readonly Grant[]>> {
    const { kind, grantFile } = this.#context.shell;
    if (kind === 'window') return pinCommands(neededGrants(program), servers);
    const needed = list.find(({ needsGrant }) => needsGrant);
    if (!needed) return ok([]);
    const granted = await findMissingGrants(program, grantFile);
    if (!granted.ok) return granted;
    const [missing] = missingGrants(program, granted.value.given);
    if (missing) return failed({ code: 'RUN033', message: `${missing.node} ${list.find(({ node, needsGrant }) => needsGrant && node === missing.node)?.says ?? 'reaches beyond the project'}, which needs a grant`, fix: 'Grant it to prismatic serve with --grant: prismatic run prints the file; or run it in the app.' });
    return ok(granted.value.given);
  }

  async #begin(project: OpenProject, { designed, grants, records, mocks }: Begin): Promise<Result<RunState>> {
    const mocked = mockProgram(designed, mocks);
    if (!mocked.ok) return mocked;
    await this.#forget(project.key);
    const started = await LiveRun.start({ project, program: mocked.value, design: designed.hash, context: this.#context, parts: this.#parts, grants, records });
    if (!started.ok) return started;
    const slot: Slot = { project, live: started.value, records, unlisten: project.onEdited(() => void this.#compare(slot)) };
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
