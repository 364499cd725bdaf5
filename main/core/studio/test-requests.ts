/** Answers to the requests of `shared/api/tests.ts`. */
import { join } from 'node:path';
import type { RequestHandlers, RequestInput } from '../../../shared/api/contract';
import type { TestAnswers, testRequests } from '../../../shared/api/tests';
import { failed, ok } from '../../../shared/errors/result';
import type { Program } from '../../../shared/program/program';
import { CASSETTE_FOLDER } from '../../../shared/run/cassette';
import { testedProviders } from '../../../shared/tests/tested-providers';
import { testProject } from '../test-project';
import type { TestNews } from '../test-process';
import { compileNow } from './compile-now';
import type { Client, OpenProject, StudioContext } from './context';

export type OpenedTests = { readonly handlers: Pick<RequestHandlers<Client>, keyof typeof testRequests>; /** Ends all that are under way. */ readonly close: () => void };

export function openTests(context: StudioContext): OpenedTests {
  const underWay = new Map<string, AbortController>();

  async function run(project: OpenProject, asked: RequestInput<'tests.run'>): Promise<TestAnswers['tests.run']> {
    if (underWay.has(project.key)) return failed({ code: 'TST012', message: `${project.name} is being tested already`, fix: 'Wait for its end, or stop it.' });
    const abort = new AbortController();
    underWay.set(project.key, abort);
    try {
      const compiled = await compileNow(project);
      if (!compiled.ok) return compiled;
      const program = compiled.value;
      const answer = await testProject({ program, projectDir: project.dir, node: asked.node, seed: asked.seed, mocks: asked.mocks, cassettes: asked.recorded === true ? join(project.dir, CASSETTE_FOLDER) : undefined, signal: abort.signal, forkChild: context.shell.forkChild, onNews: newsOf(project, { ...program, mocks: asked.mocks ?? {} }, asked.node) });
      if (answer.ok || 'error' in answer) return answer;
      return { ...failed({ code: 'TST013', message: 'the test files have problems', fix: 'Put them right; each says how.' }), diagnostics: answer.diagnostics };
    } finally {
      underWay.delete(project.key);
    }
  }

  function newsOf({ key }: OpenProject, program: Program, node: string | undefined): (news: TestNews, seed: number) => void {
    const providers = testedProviders(program, node).length;
    let index = 0;
    return ({ node: of, protocol, ...news }, seed) => {
      if (news.type === 'begin') index += 1;
      const payload = { project: key, seed, node: of, protocol, index, providers, ...(news.type === 'test' ? { test: news.test } : {}) };
      context.emitToProject(key, { name: 'tests.progress', payload });
    };
  }

  return {
    handlers: {
      'tests.run': (asked) => {
        const project = context.findProject(asked.project);
        return project ? run(project, asked) : failed({ code: 'PRJ050', message: 'this project is not open', fix: 'Open it again.' });
      },
      'tests.stop': ({ project }) => {
        underWay.get(project)?.abort();
        return ok(null);
      },
    },
    close: () => underWay.forEach((abort) => abort.abort()),
  };
}
