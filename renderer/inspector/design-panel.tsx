import { FileCode, FileJson, FileText, type LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import type { ProjectSnapshot } from '../../shared/api/project';
import { refuseValue } from '../../shared/design/check-field';
import { designFile } from '../../shared/design/design';
import { DESIGN_FILE } from '../../shared/design/project-files';
import { designOf } from '../../shared/design/document';
import { setDesignField } from '../../shared/design/edits/design-edits';
import { Mark } from '../glyphs/mark';
import { documentNow, edit, selectDesign, selectDocument, selectOpen, useDocument } from '../stores/document';
import { selectProblems } from '../stores/problems';
import { selectProtocol } from '../stores/selection';
import { openEditor } from '../stores/viewport';
import { ProblemMark } from '../problems/problem-mark';
import { ChoiceField, MOST_CHOICES } from './choice-fields';
import { FieldTargetContext, type FieldTarget } from './field-target';
import { LongList } from './long-list';
import { Section } from './section';
import { TextField } from './text-fields';

const NO_FILES: ProjectSnapshot['otherFiles'] = [];
const iconOf = (path: string): LucideIcon => (path.endsWith('.json') ? FileJson : /\.[jt]s$/.test(path) ? FileCode : FileText);

/** Nothing is selected: the design itself, and the files of the project. */
export function DesignPanel() {
  const open = useDocument(selectOpen);
  const document = useDocument(selectDocument);
  const design = useDocument(selectDesign);
  const problems = useDocument(selectProblems);
  const raw = designOf(document);
  const target = useMemo<FieldTarget>(
    () => ({
      key: 'design',
      raw,
      refuse: (path, value) => refuseValue(designFile, raw, path, value),
      set: (path, value, group) => void edit(setDesignField(documentNow(), path, value, group)),
      problemsOf: (field) => problems.all.filter(({ at }) => at.file === DESIGN_FILE && at.node === undefined && at.field === field),
    }),
    [raw, problems],
  );
  const paths = useMemo(() => Object.keys(document.files).toSorted(), [document.files]);
  const others = open?.otherFiles ?? NO_FILES;
  const supervisors = design.order.filter((id) => design.nodes.get(id)!.kind === 'supervisor');
  return (
    <FieldTargetContext value={target}>
      <div className="inspector-body">
        <div className="ph tall"><Mark height={15} /><span className="name">{design.name || 'design'}</span><span className="badge">design</span></div>
        <div className="tabpage">
          <Section isFirst>
            <TextField label="Name" path={['name']} isRequired />
            <TextField label="Says" path={['doc']} placeholder="what it is for" />
            {supervisors.length > MOST_CHOICES ? <TextField label="Root" path={['root']} isRequired /> : <ChoiceField label="Root" path={['root']} options={supervisors} standard={design.root} />}
          </Section>
          <Section title="Files" note={open?.shownPath.split('/').at(-1)}>
            <LongList className="files" count={paths.length + others.length} keyOf={(index) => paths[index] ?? others[index - paths.length]!.path}>
              {(index) => (index < paths.length ? <FileRow path={paths[index]!} /> : <OtherFileRow {...others[index - paths.length]!} />)}
            </LongList>
          </Section>
        </div>
      </div>
    </FieldTargetContext>
  );
}

function FileRow({ path }: { readonly path: string }) {
  const problems = useDocument((state) => selectProblems(state).byFile.get(path));
  const isJson = useDocument((state) => selectDocument(state).files[path]?.kind === 'json');
  const protocol = /^protocols\/(.+)\.json$/.exec(path)?.[1];
  const Icon = iconOf(path);
  const open = (): void => (protocol !== undefined && isJson ? selectProtocol(protocol) : openEditor(path));
  return <button type="button" className="row" onClick={open}><Icon size={13} aria-hidden="true" /><span className="t m">{path}</span><span className="x"><ProblemMark problems={problems ?? []} /></span></button>;
}

function OtherFileRow({ path, bytes }: ProjectSnapshot['otherFiles'][number]) {
  return <div className="row flat dim"><FileText size={13} aria-hidden="true" /><span className="t m">{path}</span><span className="x">{wordBytes(bytes)}</span></div>;
}

const KIB = 1024;
const wordBytes = (bytes: number): string => (bytes < KIB ? `${bytes} B` : bytes < KIB * KIB ? `${Math.round(bytes / KIB)} KB` : `${(bytes / KIB / KIB).toFixed(1)} MB`);
