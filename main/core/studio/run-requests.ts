/** Answers to the requests of `shared/api/run.ts`: live runs, simulations, exports. */
import type { RequestHandlers } from '../../../shared/api/contract';
import type { approvalRequests } from '../../../shared/api/approvals';
import type { runRequests } from '../../../shared/api/run';
import type { Grant } from '../../../shared/design/grants';
import { failed, ok, type Result } from '../../../shared/errors/result';
import type { Program } from '../../../shared/program/program';
import type { Client, OpenProject, StudioContext } from './context';
import { previewExport, writeExport } from './export-requests';
import type { LiveRun } from './live-run';
import type { RunParts } from './parts';
import { ProjectRuns } from './project-runs';
import { Simulations } from './simulations';

export type RunHandlers = Pick<RequestHandlers<Client>, keyof typeof runRequests | keyof typeof approvalRequests>;
export type OpenedRuns = {
  readonly handlers: RunHandlers;
  /** Stops every run in order, and ends every simulation. */
  readonly close: () => Promise<void>;
};

export function openRuns(context: StudioContext, parts: RunParts = {}): OpenedRuns {
  const runs = new ProjectRuns(context, parts);
  const confirmed = (project: OpenProject, program: Program): Promise<readonly Grant[]> => runs.confirmedGrants(project, program);
  const simulations = new Simulations(parts, context.shell.forkChild);

  function findProject(key: string): OpenProject | undefined {
    const project = context.findProject(key);
    if (project) runs.adopt(project);
    return project;
  }
  async function inProject<T extends { readonly ok: boolean }>(key: string, work: (project: OpenProject) => Promise<T>): Promise<T | Result<never>> {
    const project = findProject(key);
    return project ? work(project) : failed({ code: 'PRJ050', message: 'this project is not open', fix: 'Open it again.' });
  }
  function withRun<T>(key: string, work: (run: LiveRun) => T): T | Result<never> {
    const run = runs.find(key);
    return run ? work(run) : failed({ code: 'RUN034', message: 'this run has ended', fix: 'Run again.' });
  }

  return {
    handlers: {
      'run.capabilities': ({ project }) => inProject(project, (open) => runs.capabilities(open)),
      'run.start': ({ project, confirmed, record, mocks = {} }) => inProject(project, (open) => runs.start(open, confirmed, { records: record === true, mocks })),
      'run.stop': ({ run }) =>
        withRun(run, (live) => {
          live.stop();
          return ok(null);
        }),
      'run.current': ({ project }) => {
        findProject(project);
        return runs.current(project)?.state ?? null;
      },
      'run.operate': ({ run, command }) => withRun(run, (live) => live.operate(command)),
      'run.send': ({ run, ...message }) => withRun(run, (live) => live.send(message)),
      'run.apply': ({ run, confirmed }) => 
        withRun(run, (live) => {
          findProject(live.state.project);
          return runs.apply(live, confirmed);
        }),
      'run.journal': ({ run, from, count }) => withRun(run, (live) => live.journal(from, count)),
      'approvals.list': ({ project }) => inProject(project, async () => ok({ approvals: runs.current(project)?.approvals ?? [] })),
      'approvals.answer': ({ id, ...answer }) => {
        const run = runs.find(id.slice(0, id.indexOf('/')));
        return run ? run.answerApproval(id, answer) : failed({ code: 'HUM006', message: 'this request is not waiting any more: its run has ended', fix: 'Look at the list again.' });
      },
      'simulation.start': (asked) => inProject(asked.project, (open) => simulations.start(open, asked)),
      'simulation.journal': (asked) => simulations.journal(asked),
      'simulation.close': ({ simulation }) => {
        simulations.close(simulation);
        return null;
      },
      'export.preview': ({ project }) => inProject(project, (open) => previewExport(open, parts, confirmed)),
      'export.write': ({ project, to }) => inProject(project, (open) => writeTo(open, to)),
    },
    close: async () => {
      simulations.closeAll();
      await runs.close();
    },
  };

  async function writeTo(project: OpenProject, to: string): ReturnType<typeof writeExport> {
    const out = context.handles.find(to);
    return out === undefined ? failed({ code: 'EXP005', message: 'the folder to export to is not known any more', fix: 'Choose it again.' }) : writeExport(project, out, parts, confirmed);
  }
}
