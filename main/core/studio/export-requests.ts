/** What an export would hold and need, and the export itself. */
import type { ExportReport, RunAnswers } from '../../../shared/api/run';
import { ok } from '../../../shared/errors/result';
import { modelResource, type Grant } from '../../../shared/design/grants';
import { findGrant, missingGrants, neededGrants } from '../../../shared/program/needed-grants';
import type { Program } from '../../../shared/program/program';
import { exportFiles, exportProject, type ExportOptions } from '../export-project';
import { shownPath } from '../project/shown-path';
import { compileNow } from './compile-now';
import type { OpenProject } from './context';
import type { RunParts } from './parts';

type Confirmed = (project: OpenProject, program: Program) => Promise<readonly Grant[]>;

export async function previewExport(project: OpenProject, parts: RunParts, confirmed: Confirmed): Promise<RunAnswers['export.preview']> {
  const compiled = await compileNow(project);
  if (!compiled.ok) return compiled;
  const options = await optionsOf(project, compiled.value, { parts, confirmed });
  return ok(reportOf(options, await exportFiles(options)));
}

/** `out` is empty, not there, or an earlier export of ours. */
export async function writeExport(project: OpenProject, out: string, parts: RunParts, confirmed: Confirmed): Promise<RunAnswers['export.write']> {
  const compiled = await compileNow(project);
  if (!compiled.ok) return compiled;
  const options = await optionsOf(project, compiled.value, { parts, confirmed });
  const report = reportOf(options, await exportFiles(options));
  const written = await exportProject({ ...options, out });
  return written.ok ? ok({ shownPath: shownPath(out), report }) : written;
}

async function optionsOf(project: OpenProject, program: Program, { parts, confirmed }: { readonly parts: RunParts; readonly confirmed: Confirmed }): Promise<Omit<ExportOptions, 'out'>> {
  return { program, projectDir: project.dir, grants: await confirmed(project, program), ...parts.export };
}

function reportOf({ program, grants }: Pick<ExportOptions, 'program' | 'grants'>, bundle: ReadonlyMap<string, Uint8Array>): ExportReport {
  const files = [...bundle].map(([path, { length }]) => ({ path, bytes: length })).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return {
    files,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    program: program.hash,
    handlers: Object.values(program.modules).map(({ file }) => file).toSorted(),
    grants,
    missingGrants: missingGrants(program, grants).length,
    needs: needsOf(program, grants),
  };
}

function wordNeed({ kind, resource }: Grant): string | undefined {
  const model = kind === 'model' ? modelResource.safeParse(resource).data : undefined;
  if (model) return `a provider ${model.provider} in providers.json that has the model ${model.model}`;
  return kind === 'mcp' ? `the MCP server ${JSON.stringify(resource['server'])} in tools.json` : undefined;
}

function needsOf(program: Program, grants: readonly Grant[]): readonly string[] {
  const nodes = Object.values(program.nodes);
  const readsStdin = nodes.filter((node) => node.kind === 'source' && node.behaviour.type === 'stdin').map(({ id }) => id);
  return [
    'Node 24 or newer',
    ...(readsStdin.length > 0 ? [`lines at its standard input, for ${readsStdin.join(', ')}`] : []),
    ...neededGrants(program).flatMap((needed) => {
      const what = wordNeed(needed);
      return what === undefined ? [] : [`${what}, ${findGrant(grants, needed) ? '' : 'and a grant, '}for ${needed.node}`];
    }),
    ...(nodes.some((node) => node.kind === 'sink' && node.behaviour.type === 'file') ? ['a folder that can be written, .prismatic/out beside it or --out'] : []),
  ];
}
