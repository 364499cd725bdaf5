/** The flags of `run`: the same for the command and for an exported bundle. */
import { InvalidArgumentError, type Command } from 'commander';
import { parseDuration } from './duration';
import type { RunFlags } from './run';

export type GivenRunFlags = Omit<RunFlags, 'forMs'> & { readonly for?: number };

const asDuration = (text: string): number => {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InvalidArgumentError(`${text} is no duration; write 500ms, 10s, 2m or 1h.`);
  return ms;
};

/** An option that is given again for each. */
const oneMore = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];
export const withMockOption = (command: Command): Command => command.option('--mock <node=file>', 'let a file answer for a node, in this run alone; may be given again', oneMore);

export const withRunOptions = (command: Command): Command =>
  withMockOption(command)
    .option('--input <file>', 'messages from outside, one JSON value a line; - for the standard input')
    .option('--for <duration>', 'stop in order after this time, such as 10s', asDuration)
    .option('--journal <file>', 'write the journal of the run there')
    .option('--trace', 'journal every message too')
    .option('--grant <file>', 'what the run may do beyond its own folder')
    .option('--record', 'write what models answer into the cassettes of the project')
    .option('--out <dir>', 'folder for the files that sinks write (default: .prismatic/out in the project)')
    .option('--unsafe-native-handlers', 'run handlers without their sandbox: for your own designs only')
    .option('--json', 'print outputs, answers and the result as JSON lines');

export const toRunFlags = ({ for: forMs, ...flags }: GivenRunFlags): RunFlags => ({ ...flags, ...(forMs === undefined ? {} : { forMs }) });
