/** An MCP server of the person as its form has it, and back. Pure; the schema of the request has the last word. */
import type { GivenServer, ListedServer } from '../../shared/api/tools';

/** `isKept`: it has a value, which is not known here; an empty one leaves it as it is. */
export type VariableRow = { readonly name: string; readonly value: string; readonly isKept: boolean };
export type ServerDraft = {
  readonly name: string;
  readonly command: string;
  /** One a line, as it is: no shell takes quotes away. */
  readonly args: string;
  readonly cwd: string;
  readonly variables: readonly VariableRow[];
  /** Tools that may be called; absent: all. */
  readonly allow?: readonly string[] | undefined;
};
export type ServerRefusal = { readonly field: 'name' | 'command' | 'cwd' | 'variables'; readonly words: string };

export function newServer(taken: readonly string[]): ServerDraft {
  const name = ['files', ...Array.from({ length: 50 }, (_, index) => `server-${index + 2}`)].find((one) => !taken.includes(one))!;
  return { name, command: '', args: '', cwd: '', variables: [] };
}

export const draftOfServer = ({ name, command, args, cwd, env, allow }: ListedServer): ServerDraft => ({ name, command, args: args.join('\n'), cwd: cwd ?? '', variables: env.map((one) => ({ name: one, value: '', isKept: true })), ...(allow === undefined ? {} : { allow }) });

export const isServerRefusal = (one: GivenServer | ServerRefusal): one is ServerRefusal => 'words' in one;

/** What the form says, or what is wrong with it. `taken`: names of other servers. */
export function serverOf(draft: ServerDraft, taken: readonly string[]): GivenServer | ServerRefusal {
  const { command, args, cwd, variables, allow } = draft;
  const refusal = refuseName(draft, taken) ?? refuseCommand(draft) ?? refuseVariables(variables);
  if (refusal) return refusal;
  // What stands there is what the program gets, to the last blank; only an end of the text is no argument.
  const lines = args.replace(/\n+$/, '');
  return {
    command: command.trim(),
    args: lines === '' ? [] : lines.split('\n'),
    env: Object.fromEntries(variables.map(({ name, value, isKept }) => [name.trim(), value === '' && isKept ? null : value])),
    ...(cwd.trim() === '' ? {} : { cwd: cwd.trim() }),
    ...(allow === undefined ? {} : { allow: [...allow] }),
  };
}

function refuseName({ name }: ServerDraft, taken: readonly string[]): ServerRefusal | undefined {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(name)) return { field: 'name', words: 'A name has letters, digits, dots, hyphens and underscores: it is what designs call the server.' };
  return taken.includes(name) ? { field: 'name', words: `There is a server ${name} already.` } : undefined;
}

function refuseCommand({ command, cwd }: ServerDraft): ServerRefusal | undefined {
  if (command.trim() === '') return { field: 'command', words: 'Which program is it? A name that PATH finds, such as npx, or a whole path.' };
  if (/^\S+\s+-{0,2}\S/.test(command.trim()) && !/[\\/]/.test(command)) return { field: 'command', words: 'This is a program with arguments: write each argument in a line of its own below.' };
  if (cwd.trim() !== '' && !/^(\/|[A-Za-z]:[\\/])/.test(cwd.trim())) return { field: 'cwd', words: 'The folder is a whole path.' };
  return undefined;
}

function refuseVariables(variables: readonly VariableRow[]): ServerRefusal | undefined {
  const names = variables.map(({ name }) => name.trim());
  const wrong = names.find((name) => !/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name));
  if (wrong !== undefined) return { field: 'variables', words: wrong === '' ? 'A variable has no name yet.' : `${wrong} is no name of a variable: letters, digits and underscores.` };
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? undefined : { field: 'variables', words: `The variable ${twice} is there twice.` };
}

/** One tool allowed or not, of those that are known; with none barred the list is what it is, since more may come. */
export function withAllowed(allow: readonly string[], tool: string, isAllowed: boolean): readonly string[] {
  return isAllowed ? [...new Set([...allow, tool])] : allow.filter((one) => one !== tool);
}
