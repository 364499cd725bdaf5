import { failed, ok, type Result } from '../../../shared/errors/result';
import type { Program } from '../../../shared/program/program';
import type { OpenProject } from './context';

/** The program of what is drawn now, or what stands in its way. */
export async function compileNow(project: OpenProject): Promise<Result<Program>> {
  const flushed = await project.flush();
  if (!flushed.ok) return flushed;
  const { program, diagnostics } = await project.compile();
  if (program) return ok(program);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : '';
  return failed({ code: 'RUN030', message: `the design does not hold yet: ${errors[0]?.code ?? ''} ${errors[0]?.message ?? 'it has errors'}${more}`, fix: 'See Problems; each says how to put it right.' });
}
