/**
 * Random cases for fast-check, small when they are shrunk. They keep to what OTP defines: no two things at one moment that would race, no
 * dynamic child whose init ignores at a restart, no stop of a dynamic child whose restart has failed (defects of OTP 25).
 */
import fc from 'fast-check';
import type { CaseNode, CaseStep, InitOutcome, OracleCase } from '../oracle/case';

type Shape = { readonly isSupervisor: boolean; readonly fields: Partial<CaseNode>; readonly children: readonly Shape[] };

/** Sums of delays never come near a shutdown time. */
const delay = fc.constantFrom(0, 37, 411);
const init: fc.Arbitrary<readonly InitOutcome[] | undefined> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: fc.tuple(fc.constant<InitOutcome>('ok'), fc.array(fc.constantFrom<InitOutcome>('ok', 'fail', 'ignore'), { minLength: 1, maxLength: 3 })).map(([first, rest]) => [first, ...rest]) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom<InitOutcome>('ok', 'fail', 'ignore'), { minLength: 1, maxLength: 3 }) },
);
const restart = fc.constantFrom('permanent', 'transient', 'temporary');
const significant = fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 2, arbitrary: fc.constant(true) });
const worker = fc.record({ restart, significant, init, trapExit: fc.boolean(), terminateDelay: delay, shutdown: fc.constantFrom(150, 1000, 'infinity', 'brutal_kill') });
const supervisor = fc.record({
  restart, significant,
  shutdown: fc.constantFrom('infinity', 'infinity', 'infinity', 'brutal_kill', 500),
  strategy: fc.constantFrom('one_for_one', 'one_for_all', 'rest_for_one', 'simple_one_for_one'),
  maxRestarts: fc.nat(4), // Longer than all its stops take: a supervisor that is slower than its window never gives up.
  maxSeconds: fc.constantFrom(60, 600),
  autoShutdown: fc.constantFrom('never', 'never', 'any_significant', 'all_significant'),
});

function shapes(depth: number): fc.Arbitrary<Shape> {
  const leaf = worker.map((fields): Shape => ({ isSupervisor: false, fields: fields as Partial<CaseNode>, children: [] }));
  if (depth === 0) return leaf;
  const branch = fc.tuple(supervisor, fc.array(shapes(depth - 1), { minLength: 1, maxLength: 4 })).map(([fields, children]): Shape => ({ isSupervisor: true, fields: fields as Partial<CaseNode>, children }));
  return fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 2, arbitrary: branch });
}

type Op = { readonly kind: string; readonly sup: number; readonly child: number; readonly reason: string; readonly shape: Shape; readonly ops: readonly Op[] };
const reason = fc.constantFrom('boom', 'boom', 'normal', 'shutdown', '{shutdown,x}', 'kill');
const single = fc.constantFrom('crash', 'crash', 'crash', 'terminateChild', 'restartChild', 'deleteChild', 'startChild', 'startChild', 'whichChildren', 'countChildren');
const op = (kind: fc.Arbitrary<string>, ops: fc.Arbitrary<readonly Op[]>): fc.Arbitrary<Op> => fc.record({ kind, sup: fc.nat(30), child: fc.nat(30), reason, shape: shapes(1), ops });
const none = fc.constant<readonly Op[]>([]);
const step = fc.oneof(
  { weight: 6, arbitrary: op(single, none) },
  { weight: 2, arbitrary: op(fc.constant('burst'), fc.array(op(single, none), { minLength: 2, maxLength: 5 })) },
  { weight: 1, arbitrary: op(fc.constantFrom('advance', 'kill', 'stopTree'), none) },
);

export const caseArbitrary: fc.Arbitrary<OracleCase> = fc
  .tuple(supervisor, fc.array(shapes(2), { minLength: 1, maxLength: 5 }), fc.array(step, { maxLength: 10 }))
  .map(([fields, children, steps]) => new Writing({ isSupervisor: true, fields: fields as Partial<CaseNode>, children }).write(steps));

/** Gives the nodes of a shape their ids, and resolves the numbers of its steps to whom there may be. */
class Writing {
  readonly #tree: CaseNode;
  /** By supervisor: ids of its children, dynamic ones included. */
  readonly #children = new Map<string, string[]>();
  readonly #nodes = new Map<string, CaseNode>();
  #count = 0;

  constructor(shape: Shape) {
    const root = this.#node(shape, 'never');
    this.#tree = { ...root, id: 'root' };
    this.#learn(this.#tree);
  }

  /** `auto`: of its supervisor. Specifications are mostly good, else nothing would ever start. */
  #node({ isSupervisor, fields, children }: Shape, auto: string, isTemplate = false): CaseNode {
    this.#count += 1;
    const id = `${isSupervisor ? 's' : 'w'}${this.#count}`;
    const own = { ...fields, id, kind: isSupervisor ? 'supervisor' : 'worker', significant: fields.significant === true && auto !== 'never' && fields.restart !== 'permanent' } as CaseNode;
    if (!isSupervisor) return isTemplate ? { ...own, init: noIgnore(own.init) } : own;
    const isDynamic = own.strategy === 'simple_one_for_one';
    const inner = (isDynamic ? children.slice(0, 1) : children).map((child) => this.#node(child, own.autoShutdown!, isDynamic));
    return { ...own, children: inner };
  }

  #learn(node: CaseNode): void {
    this.#nodes.set(node.id, node);
    if (node.kind !== 'supervisor') return;
    this.#children.set(node.id, []);
    if (node.strategy === 'simple_one_for_one') return;
    for (const child of node.children ?? []) {
      this.#children.get(node.id)!.push(child.id);
      this.#learn(child);
    }
  }

  write(steps: readonly Op[]): OracleCase {
    // Dynamic supervisors get a child each first.
    const first = [...this.#children.keys()].filter((id) => this.#nodes.get(id)!.strategy === 'simple_one_for_one').map((id) => this.#startInstance(id));
    return { name: 'random', tree: this.#tree, script: [...first, ...steps.flatMap((one) => this.#step(one, pick([...this.#children.keys()], one.sup)!, false) ?? [])] };
  }

  #step(one: Op, sup: string, isInBurst: boolean): CaseStep | undefined {
    const isDynamic = this.#nodes.get(sup)?.strategy === 'simple_one_for_one';
    const child = pick(this.#children.get(sup)!, one.child);
    switch (one.kind) {
      case 'advance':
        return { advance: [30_000, 61_000, 601_000][one.child % 3]! };
      case 'stopTree':
        return { stopTree: true };
      case 'kill':
        return { crash: sup, reason: 'kill' };
      case 'burst':
        return { burst: sup, ops: one.ops.flatMap((inner) => this.#step(inner, sup, true) ?? []) };
      case 'startChild':
        return isDynamic ? this.#startInstance(sup) : this.#startChild(sup, one);
      case 'whichChildren':
      case 'countChildren':
        return { [one.kind]: sup };
      case 'crash':
        return child === undefined ? undefined : { crash: child, reason: this.#children.has(child) ? 'kill' : one.reason };
      default:
        return child === undefined || (isDynamic && isInBurst) ? undefined : { [one.kind]: [sup, child] };
    }
  }

  #startInstance(sup: string): CaseStep {
    const id = `d${(this.#count += 1)}`;
    const template = this.#nodes.get(sup)!.children![0]!;
    this.#children.get(sup)!.push(id);
    const prefixed = (node: CaseNode, name: string): CaseNode => ({ ...node, id: name, ...(node.children ? { children: node.children.map((child) => prefixed(child, `${id}/${child.id}`)) } : {}) });
    this.#learn(prefixed(template, id));
    return { startChild: [sup, { id }] };
  }

  /** A new one, or one of an id that its supervisor has or had. */
  #startChild(sup: string, { shape, child }: Op): CaseStep {
    const node = this.#node(shape, this.#nodes.get(sup)!.autoShutdown!);
    const known = child % 3 === 0 && !shape.isSupervisor ? pick(this.#children.get(sup)!.filter((id) => !this.#children.has(id)), child) : undefined;
    if (known !== undefined) return { startChild: [sup, { ...node, id: known }] };
    this.#children.get(sup)!.push(node.id);
    this.#learn(node);
    return { startChild: [sup, node] };
  }
}

const pick = <T>(from: readonly T[], number: number): T | undefined => (from.length === 0 ? undefined : from[number % from.length]);
const noIgnore = (plan: CaseNode['init']): readonly InitOutcome[] => (Array.isArray(plan) ? (plan as readonly InitOutcome[]) : ['ok' as const]).map((one) => (one === 'ignore' ? 'fail' : one));
