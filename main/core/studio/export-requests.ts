/** What an export would hold and need, and the export itself. */
import type { ExportReport, RunAnswers } from '../../../shared/api/run';
import { ok } from '../../../shared/errors/result';
import type { Json } from '../../../shared/json/json';
import { modelResource } from '../../../shared/design/grants';
import { neededGrants } from '../../../shared/program/needed-grants';
import type { Program } from '../../../shared/program/program';
import { exportFiles, exportProject } from '../export-project';
import { shownPath } from '../project/shown-path';
import { compileNow } from './compile-now';
import type { OpenProject } from './context';
import type { RunParts } from './parts';

export async function previewExport(project: OpenProject, parts: RunParts): Promise<RunAnswers['export.preview']> {
  const compiled = await compileNow(project);
  if (!compiled.ok) return compiled;
  return ok(reportOf(compiled.value, await exportFiles({ program: compiled.value, projectDir: project.dir, ...parts.export })));
}

/** `out` is empty, not there, or an earlier export of ours. */
export async function writeExport(project: OpenProject, out: string, parts: RunParts): Promise<RunAnswers['export.write']> {
  const compiled = await compileNow(project);
  if (!compiled.ok) return compiled;
  const options = { program: compiled.value, projectDir: project.dir, ...parts.export };
  const report = reportOf(compiled.value, await exportFiles(options));
  const written = await exportProject({ ...options, out });
  return written.ok ? ok({ shownPath: shownPath(out), report }) : written;
}

function reportOf(program: Program, bundle: ReadonlyMap<string, Uint8Array>): ExportReport {
  const files = [...bundle].map(([path, { length }]) => ({ path, bytes: length })).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const { grants } = JSON.parse(new TextDecoder().decode(bundle.get('grants.json'))) as { readonly grants: readonly Json[] };
  return {
    files,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    program: program.hash,
    handlers: Object.values(program.modules).map(({ file }) => file).toSorted(),
    grants,
    needs: needsOf(program),
  };
}

function needsOf(program: Program): readonly string[] {
  const nodes = Object.values(program.nodes);
  const readsStdin = nodes.filter((node) => node.kind === 'source' && node.behaviour.type === 'stdin').map(({ id }) => id);
  return [
    'Node 24 or newer',
    ...(readsStdin.length > 0 ? [`lines at its standard input, for ${readsStdin.join(', ')}`] : []),
    ...neededGrants(program).flatMap(({ node, kind, resource }) => {
      const asked = kind === 'model' ? modelResource.safeParse(resource).data : undefined;
      return asked ? [`a provider ${asked.provider} in providers.json that has the model ${asked.model}, and a grant, for ${node}`] : [];
    }),
    ...(nodes.some((node) => node.kind === 'sink' && node.behaviour.type === 'file') ? ['a folder that can be written, .prismatic/out beside it or --out'] : []),
  ];
}
