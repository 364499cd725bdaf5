import { Check, FlaskConical, ListChecks, Package, Play, RotateCw, Send, Server, Square, VenetianMask, Zap } from 'lucide-react';
import { scenarioNamesOf } from '../../shared/design/document';
import { api } from '../api/studio';
import { openDialog } from '../stores/dialogs';
import { designNow, documentNow, projectNow, useDocument } from '../stores/document';
import { clearMocks, useMocks } from '../stores/mocks';
import { applyEdits, crashNode, killHost, selectIsLive, startRun, stopRun, useRun } from '../stores/run';
import { useSelection } from '../stores/selection';
import { closeSimulation, simulate, stepCursor, useSimulation } from '../stores/simulation';
import { runTests, stopTests, useTests } from '../stores/tests';
import { showBottom } from '../stores/viewport';
import type { Command } from './command';

/** Checks again and shows what is wrong; a design is checked after each edit anyway. */
export function check(): void {
  const project = projectNow();
  showBottom('problems');
  if (project === undefined) return;
  void api.request('project.check', { project }).then((answer) => {
    const { open } = useDocument.getState();
    if (answer.ok && open?.project === project) useDocument.setState({ open: { ...open, report: answer.value } });
  });
}

export function listRunCommands(): readonly Command[] {
  if (!useDocument.getState().open) return [];
  const run = useRun.getState();
  const isLive = selectIsLive(run);
  const notRunning = isLive ? {} : { refusal: 'nothing runs' };
  const [node] = useSelection.getState().nodes;
  const hosts = run.telemetry?.hosts.map(({ host }) => host).filter((host) => host !== 'control') ?? ['main'];
  const isTesting = useTests.getState().status === 'running';
  const providesAny = node !== undefined && (designNow().nodes.get(node)?.provides.length ?? 0) > 0;
  const commands: readonly Command[] = [
    { id: 'run.check', label: 'Check', icon: Check, keys: 'Mod+Shift+C', run: check },
    { id: 'run.start', label: 'Run', icon: Play, keys: 'Mod+Enter', run: () => void startRun(), ...(isLive ? { refusal: 'it runs already' } : {}) },
    { id: 'run.stop', label: 'Stop', icon: Square, keys: 'Mod+.', run: stopRun, ...notRunning },
    { id: 'run.apply', label: 'Apply the edits to the run', icon: RotateCw, run: () => void applyEdits(), ...(isLive && run.state?.isEditedSince ? {} : { refusal: isLive ? 'nothing was edited since' : 'nothing runs' }) },
    { id: 'run.send', label: node === undefined ? 'Send a message' : `Send a message to ${node}`, icon: Send, run: () => openDialog({ kind: 'send', ...(node === undefined ? {} : { node }) }), ...notRunning },
    ...(canMock(node) ? [{ id: 'run.mock', label: `Mock ${node}`, icon: VenetianMask, run: () => openDialog({ kind: 'mock', node }) }] : []),
    ...(useMocks.getState().mocks.size > 0 ? [{ id: 'run.clear-mocks', label: 'Clear mocks', icon: VenetianMask, run: clearMocks }] : []),
    { id: 'run.crash', label: node === undefined ? 'Crash' : `Crash ${node}`, icon: Zap, run: () => crashNode(node!), ...(!isLive ? notRunning : node === undefined ? { refusal: 'select a node' } : {}) },
    ...hosts.map((host): Command => ({ id: `run.kill-host.${host}`, label: `Kill host ${host}`, icon: Server, place: 'host', run: () => killHost(host), ...notRunning })),
    { id: 'run.simulate', label: 'Simulate', icon: FlaskConical, keys: 'Mod+Shift+Enter', run: () => openDialog({ kind: 'simulate' }) },
    ...scenarioNamesOf(documentNow()).map((scenario): Command => ({ id: `simulate.${scenario}`, label: `Simulate ${scenario}`, icon: FlaskConical, place: 'scenario', run: () => void simulate({ scenario }) })),
    { id: 'tests.run', label: 'Run all tests', icon: ListChecks, keys: 'Mod+Shift+Y', run: () => void runTests(), ...(isTesting ? { refusal: 'they run already' } : {}) },
    { id: 'tests.runOne', label: node === undefined ? 'Test a provider' : `Test ${node}`, icon: ListChecks, run: () => void runTests({ node: node! }), ...(isTesting ? { refusal: 'tests run already' } : providesAny ? {} : { refusal: 'select a node that provides a protocol' }) },
    { id: 'tests.stop', label: 'Stop the tests', icon: Square, run: stopTests, ...(isTesting ? {} : { refusal: 'no tests run' }) },
    { id: 'project.export', label: 'Export', icon: Package, keys: 'Mod+E', run: () => openDialog({ kind: 'export' }) },
  ];
  return useSimulation.getState().status === 'open' ? [...commands, ...timelineCommands] : commands;
}

/** Whatever answers something; a supervisor is nobody's stand-in. */
export function canMock(id: string | undefined): id is string {
  const node = id === undefined ? undefined : designNow().nodes.get(id);
  return node !== undefined && node.kind !== 'supervisor' && node.kind !== 'unknown' && node.provides.length > 0;
}

const timelineCommands: readonly Command[] = [
  { id: 'timeline.next', label: 'Next event', icon: FlaskConical, keys: ']', run: () => stepCursor(1) },
  { id: 'timeline.previous', label: 'Previous event', icon: FlaskConical, keys: '[', run: () => stepCursor(-1) },
  { id: 'timeline.close', label: 'Leave the simulation', icon: Square, run: () => void closeSimulation() },
];
