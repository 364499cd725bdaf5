/**
 * The compiled design: frozen plain data that both worlds run. It holds everything a run needs but the bytes of data files,
 * which it names by hash. Same folder, same program, same hash.
 */
import type { ProgramAdapter } from '../adapters/adapt';
import type { Condition } from '../design/condition';
import type { Guard } from '../design/guard';
import type { Collect } from '../design/nodes/router';
import type { Json } from '../json/json';
import type { NodeId, OperationName, PortName, ProtocolName } from '../ids';
import type { Mocks } from '../run/mock';
import type { ValueSchema } from '../schema/value-schema';

export type Restart = 'permanent' | 'transient' | 'temporary';
export type Strategy = 'one_for_one' | 'one_for_all' | 'rest_for_one' | 'simple_one_for_one';
export type AutoShutdown = 'never' | 'any_significant' | 'all_significant';
/** Milliseconds, or OTP's two words. */
export type Shutdown = number | 'brutal_kill' | 'infinity';
export type SourceParse = 'text' | 'json';

/** What its supervisor must know of any node. */
export type ChildSpec = {
  readonly restart: Restart;
  readonly shutdown: Shutdown;
  readonly significant: boolean;
};

/** How many restarts within how many seconds a supervisor allows before it gives up. */
export type Intensity = { readonly maxRestarts: number; readonly maxSeconds: number };

type NodeBase = ChildSpec & {
  readonly id: NodeId;
  /** `undefined` only for the root. */
  readonly parent?: NodeId;
  /** Host where its processes live, by placement (design section 6). */
  readonly host: string;
};

export type ProgramSupervisor = NodeBase &
  Intensity & {
    readonly kind: 'supervisor';
    readonly strategy: Strategy;
    readonly autoShutdown: AutoShutdown;
    /** Start order. With `simple_one_for_one`, exactly one: the template. */
    readonly children: readonly NodeId[];
    /** Of a dynamic one: the built-in protocol `Supervisor`. */
    readonly provides?: readonly ProtocolName[];
  };

type ProcessBase = NodeBase & {
  readonly provides: readonly ProtocolName[];
  readonly requires: { readonly [port: PortName]: ProtocolName };
  /** Bound of the mailbox, in messages. */
  readonly mailbox: number;
};

export type ProgramAgent = ProcessBase & { readonly kind: 'agent'; readonly behaviour: AgentBehaviour };

export type AgentBehaviour =
  | {
      readonly type: 'code';
      /** As drawn, for messages: `handlers/desk.ts`. */
      readonly file: string;
      /** Key into `Program.modules`. */
      readonly module: string;
      /** Sandbox instance of its host that it lives in: its own while the engine holds at most 64 (design section 6). */
      readonly instance: string;
      readonly hasInit: boolean;
      /** Its presence means: traps exits. */
      readonly hasTerminate: boolean;
      /** Optional operations that its handler does not have: `Model.embed`. */
      readonly lacks?: readonly string[];
      readonly args?: Json;
    }
  | ProgramModelBehaviour
  | { readonly type: 'scripted'; readonly rules: readonly ScriptedRule[] };

/** An agent whose answers a language model writes. */
export type ProgramModelBehaviour = {
  readonly type: 'model';
  /** Name in the registry of whoever runs it. Absent: the model is asked over the port `model`. */
  readonly provider?: string;
  readonly model?: string;
  /** Key into `Program.prompts`. Absent: what is asked of `Model` is passed on. */
  readonly prompt?: string;
  readonly system?: string;
  /** What an answer has to fit besides the schema of its operation. */
  readonly output?: ValueSchema;
  /** How often the model is asked for one message, and how many of these times because an answer did not fit. */
  readonly maxSteps: number;
  readonly repairs: number;
  /** Messages under way at a time. */
  readonly inFlight: number;
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly budget?: { readonly tokens?: number; readonly usd?: number; readonly perMs?: number };
  readonly memory?: { readonly turns: number };
  readonly tools: readonly ProgramTool[];
};

/** A call operation of a protocol at a port, as a model may ask for it: `<port>_<operation>`. */
export type ProgramTool = { readonly name: string; readonly port: PortName; readonly operation: OperationName; readonly description?: string };

/**
 * One rule of the built-in scripted provider: the first rule whose conditions all hold answers.
 * `reply` may hold `{{input.field.path}}` in its strings. `error` answers with a declared error instead.
 */
export type ScriptedRule = {
  readonly operation?: OperationName;
  /** Path into the input (`prompt`, `ticket.text`) -> a text it must contain, case ignored. All must hold. */
  readonly contains?: { readonly [path: string]: string };
  readonly reply?: Json;
  readonly error?: { readonly name: string; readonly data?: Json };
  /** Virtual or real time the answer takes. */
  readonly delayMs?: number;
};

/** Only the settings that its strategy reads. */
export type ProgramRouter = ProcessBase & RouterPolicy & { readonly kind: 'router' };

export type RouterPolicy =
  | { readonly strategy: 'first' | 'round_robin' | 'least_loaded' }
  | { readonly strategy: 'race' }
  /** `key`: path into the input. */
  | { readonly strategy: 'hash'; readonly key: string }
  | { readonly strategy: 'broadcast'; readonly quorum?: number; readonly gatherMs?: number; readonly collect?: Collect }
  /** In order: the first route whose condition holds decides. */
  | { readonly strategy: 'by_content'; readonly routes: readonly { readonly to: NodeId; readonly when: Condition }[]; readonly otherwise?: NodeId }
  | { readonly strategy: 'canary'; readonly routes: readonly { readonly to: NodeId; readonly weight: number }[] };

export type ProgramSource = ProcessBase & {
  readonly kind: 'source';
  readonly behaviour: SourceBehaviour;
  /** Operation of the protocol at port `out` that each item is delivered to, as a call. */
  readonly operation: OperationName;
  /** Operation called once, with `{items}`, after the last item has been settled. */
  readonly endOperation?: OperationName;
  readonly inFlight: number;
  readonly retries: number;
};

export type SourceBehaviour =
  | { readonly type: 'stdin'; readonly parse: SourceParse }
  /** `lines`: an item is `{line, text}`, or with `parse: 'json'` the value of the line itself. */
  | { readonly type: 'file'; readonly path: string; readonly mode: 'lines'; readonly parse: SourceParse; readonly follow: boolean }
  /** `chunks`: an item is `{number, text, bytes}`; texts joined give the file, characters are never cut. */
  | { readonly type: 'file'; readonly path: string; readonly mode: 'chunks'; readonly chunkBytes: number };

export type ProgramSink = ProcessBase & {
  readonly kind: 'sink';
  /** `path` is under the run's output folder. */
  readonly behaviour: { readonly type: 'console' } | { readonly type: 'file'; readonly path: string };
};

export type ProgramTimer = ProcessBase & {
  readonly kind: 'timer';
  readonly everyMs: number;
  /** How many ticks; absent: for ever, and the run then ends only by `--for` or a signal. */
  readonly times?: number;
  readonly operation: OperationName;
};

/** An MCP server of whoever runs it, as a provider. */
export type ProgramToolNode = ProcessBase & {
  readonly kind: 'tool';
  /** Name in the registry of whoever runs it. */
  readonly server: string;
  /** Operation -> what the server calls it, where that is another name. */
  readonly operations: { readonly [operation: OperationName]: string };
};

export type ProgramNode = ProgramSupervisor | ProgramAgent | ProgramRouter | ProgramSource | ProgramSink | ProgramTimer | ProgramToolNode;
export type ProgramProcess = Exclude<ProgramNode, ProgramSupervisor>;

export type ProgramOperation = {
  readonly kind: 'call' | 'cast' | 'stream';
  readonly input: ValueSchema;
  readonly output: ValueSchema;
  readonly errors: readonly string[];
  readonly idempotent: boolean;
  /** A handler may leave it out. */
  readonly optional?: true;
};
/** With everything that it extends folded in, and every `$ref` resolved. */
export type ProgramProtocol = {
  readonly operations: { readonly [operation: OperationName]: ProgramOperation };
  /** All that it extends, also over others; who provides it answers for each of them. Absent: none. */
  readonly extends?: readonly ProtocolName[];
};

export type ProgramWire = {
  readonly from: { readonly node: NodeId; readonly port: PortName };
  /** In drawn order: routers may have several wires at one port, all others one. */
  readonly to: NodeId;
  readonly protocol: ProtocolName;
  readonly guards: readonly ProgramGuard[];
  /** Stands inside all guards, next to the provider: guards see the caller's protocol. */
  readonly adapter?: ProgramAdapter;
};
export type ProgramGuard = Guard;

/** A handler file with its relative imports, types erased, as one script for the sandbox. */
export type ProgramModule = {
  readonly file: string;
  /**
   * A script that evaluates to an object with what the handler file exports: `init`, `terminate`, and one object of
   * functions per provided protocol. Line and column of the entry file are those of the file as written.
   */
  readonly code: string;
};

/** A prompt file, as written. */
export type ProgramPrompt = { readonly file: string; readonly text: string };

/** A data file that a source names: part of the program's hash, not of its text. */
export type ProgramFile = { readonly path: string; readonly sha256: string; readonly bytes: number };

export type Program = {
  readonly format: 'prismatic-program/1';
  /** `sha256:` + hex over the canonical JSON of all the rest. */
  readonly hash: string;
  readonly name: string;
  readonly root: NodeId;
  readonly nodes: { readonly [id: NodeId]: ProgramNode };
  readonly protocols: { readonly [name: ProtocolName]: ProgramProtocol };
  readonly wires: readonly ProgramWire[];
  readonly modules: { readonly [key: string]: ProgramModule };
  /** Absent where there are none. */
  readonly prompts?: { readonly [key: string]: ProgramPrompt };
  /** `control` first, then `main`, then the isolated nodes in tree order. `handlers`: sandbox instances it needs. */
  readonly hosts: readonly { readonly id: string; readonly instances: readonly string[] }[];
  readonly files: readonly ProgramFile[];
  /** What stands in for nodes in this run. A compiled design has none; with it the program has another hash. */
  readonly mocks?: Mocks;
};
