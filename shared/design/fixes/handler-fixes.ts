/** Handler files that are missing, or lack what their protocols ask for. */
import { viewDesign, type NodeView } from '../design-view';
import { designOf, findFile, findText, type ProjectDocument } from '../document';
import { isObject } from '../../json/is-object';
import { Editing } from '../edits/editing';
import { EMPTY_HANDLER } from '../edits/new-node';
import { setText } from '../edits/text-edits';
import { isProjectFile } from '../project-files';
import { viewProtocol, type OperationForm } from '../protocol-form';
import { textOf, type Fixer, type Fixers } from './fix-value';

const fileOf = (node: NodeView | undefined): string | undefined => {
  const file = isObject(node?.raw['behaviour']) ? node.raw['behaviour']['file'] : undefined;
  return typeof file === 'string' ? file : undefined;
};

/** What an operation does before anybody has written it: a call or a stream crashes with its name, a cast does nothing. */
export function stubOf(protocol: string, { name, kind }: Pick<OperationForm, 'name' | 'kind'>): string {
  if (kind === 'cast') return `  async ${name}(input, self) {\n    self.log.info('${protocol}.${name} does nothing yet')\n  },\n`;
  return `  async ${kind === 'stream' ? '*' : ''}${name}(input, self) {\n    throw new Error('${protocol}.${name} is not written yet')\n  },\n`;
}

export function exportOf(document: ProjectDocument, protocol: string): string {
  const operations = viewProtocol(document, protocol)?.operations ?? [];
  return `\nexport const ${protocol} = {\n${operations.map((one) => stubOf(protocol, one)).join('')}}\n`;
}

/** A new file with all that its nodes provide. */
const makeFile: Fixer = ({ at, got }, document) => {
  const file = textOf(got) || at.file;
  if (!isProjectFile(file) || findFile(document, file)) return [];
  const users = [...viewDesign(designOf(document)).nodes.values()].filter((node) => fileOf(node) === file);
  const provides = [...new Set(users.flatMap((node) => node.provides))];
  return [{
    label: `Make ${file}`,
    make: (now) => {
      const editing = new Editing(now);
      if (findFile(now, file)) return undefined;
      editing.file(file, { kind: 'text', text: EMPTY_HANDLER + provides.map((protocol) => exportOf(now, protocol)).join('') });
      return editing.finish(`make ${file}`);
    },
  }];
};

const addExport: Fixer = ({ at, got }, document) => {
  const protocol = textOf(got);
  const file = at.node === undefined ? undefined : fileOf(viewDesign(designOf(document)).nodes.get(at.node));
  if (file === undefined || findText(document, file) === undefined) return [];
  return [{
    label: `Add ${protocol} to ${file.replace('handlers/', '')}`,
    make: (now) => {
      const text = findText(now, file);
      return text === undefined ? undefined : setText(now, file, `${text.replace(/\n*$/, '\n')}${exportOf(now, protocol)}`);
    },
  }];
};

/** At the beginning of the object literal: what stands there keeps its words. */
const addOperations: Fixer = ({ at, got, message }) => {
  const { file } = at;
  const protocol = /^([A-Z][A-Za-z0-9]*) in /.exec(message)?.[1];
  const missing = Array.isArray(got) ? got.filter((one): one is string => typeof one === 'string') : [];
  if (protocol === undefined || missing.length === 0) return [];
  return [{
    label: `Add ${missing.join(', ')}`,
    make: (now) => {
      const text = findText(now, file);
      const begin = text === undefined ? undefined : new RegExp(`export\\s+const\\s+${protocol}\\b[^={]*=\\s*\\{`).exec(text);
      const operations = viewProtocol(now, protocol)?.operations ?? [];
      if (text === undefined || !begin) return undefined;
      const stubs = missing.map((name) => stubOf(protocol, operations.find((one) => one.name === name) ?? { name, kind: 'call' })).join('');
      const end = begin.index + begin[0].length;
      const rest = text.slice(end);
      return setText(now, file, `${text.slice(0, end)}\n${stubs}${rest.startsWith('\n') ? rest.slice(1) : `  ${rest.trimStart()}`}`);
    },
  }];
};

export const handlerFixes: Fixers = { HAN001: makeFile, HAN008: addExport, HAN009: addOperations };
