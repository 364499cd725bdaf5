import { useEffect, useState } from 'react';
import type { ExportReport } from '../../shared/api/run';
import { api } from '../api/studio';
import { projectNow, useDocument } from '../stores/document';
import { shellInfo } from '../stores/shell';
import { wordBytes } from '../words/word-bytes';
import { Sheet } from './sheet';
import { wordError } from '../words/word-error';

type Written = { readonly shownPath: string };

/** A program that runs without the Studio: what is in it, what it needs, and where it goes. */
export function ExportDialog() {
  const name = useDocument((state) => state.open?.name ?? 'design');
  const [report, setReport] = useState<ExportReport>();
  const [problem, setProblem] = useState<string>();
  const [written, setWritten] = useState<Written>();
  useEffect(() => {
    const project = projectNow();
    if (project !== undefined) void api.request('export.preview', { project }).then((answer) => (answer.ok ? setReport(answer.value) : setProblem(wordError(answer.error))));
  }, []);
  const write = async (): Promise<void> => {
    const project = projectNow();
    const to = await chooseFolder(`${name}-export`, setProblem);
    if (project === undefined || to === undefined) return;
    const answer = await api.request('export.write', { project, to });
    setProblem(answer.ok ? undefined : wordError(answer.error));
    if (answer.ok) setWritten({ shownPath: answer.value.shownPath });
  };
  return (
    <Sheet title="Export" says="A folder that Node runs, without the Studio and without anything to install." width={600} buttons={<button type="button" className="b solid" disabled={!report} onClick={() => void write()}>{shellInfo()?.kind === 'window' ? 'Choose a folder and export' : `Export to ~/${name}-export`}</button>}>
      {problem !== undefined && <p className="refusal" role="alert">{problem}</p>}
      {written && <p className="note good" role="status">Exported to <span className="m">{written.shownPath}</span>. Run it with <span className="m">node {written.shownPath}/main.mjs</span></p>}
      {report && <Report {...report} />}
    </Sheet>
  );
}

/** In a window the system's dialog; in a browser a folder of that name in the person's own. */
async function chooseFolder(name: string, say: (problem: string) => void): Promise<string | undefined> {
  const answer = shellInfo()?.kind === 'window' ? await api.request('shell.pick', { what: 'exportTo', suggestedName: name }) : await api.request('shell.browse', { name });
  if (!answer.ok) say(wordError(answer.error));
  return answer.ok ? answer.value?.handle : undefined;
}

const sayGrants = (given: number, missing: number): string =>
  missing > 0 ? `${given} in grants.json; whoever runs it is asked for ${missing} more` : given === 0 ? 'none: it reaches nothing beyond its folder' : `${given}, in grants.json`;

function Report({ files, bytes, handlers, grants, missingGrants, needs, program }: ExportReport) {
  return (
    <>
      <dl className="facts">
        <dt>Size</dt><dd>{files.length} files, {wordBytes(bytes)}</dd>
        <dt>Needs</dt><dd>{needs.join('; ')}</dd>
        <dt>Handlers</dt><dd>{handlers.length === 0 ? 'none' : handlers.join(', ')}, in the same sandbox</dd>
        <dt>Grants</dt><dd>{sayGrants(grants.length, missingGrants)}</dd>
        <dt>Program</dt><dd className="m">{program.slice(0, 19)}…</dd>
      </dl>
      <div className="scroller short" tabIndex={0} role="region" aria-label="Files">
        <table><thead><tr><th>File</th><th className="num">Size</th></tr></thead>
          <tbody>{files.map((file) => <tr key={file.path}><td className="m">{file.path}</td><td className="num">{wordBytes(file.bytes)}</td></tr>)}</tbody>
        </table>
      </div>
    </>
  );
}
