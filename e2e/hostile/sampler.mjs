// A thread that looks at a process from outside, through /proc, without a pause: its children and their children, and its sockets.
// What is not listening on the served port, or accepted there, is a connection of its own making. Tells each thing once.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const EVERY_MS = 4;
const LISTENING = '0A';
const { pid, port } = workerData;
const told = new Set();
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const quietly = (work, otherwise) => {
  try {
    return work();
  } catch {
    return otherwise; // It has ended between two looks.
  }
};
const read = (path) => quietly(() => readFileSync(path, 'utf8'), '');

function tell(kind, what) {
  if (told.has(`${kind} ${what}`)) return;
  told.add(`${kind} ${what}`);
  parentPort.postMessage({ kind, what });
}

function lookAtChildren(of) {
  for (const thread of quietly(() => readdirSync(`/proc/${of}/task`), [])) {
    for (const child of read(`/proc/${of}/task/${thread}/children`).split(' ').filter(Boolean)) {
      tell('process', `${child} ${read(`/proc/${child}/cmdline`).replaceAll('\0', ' ').trim()}`);
      lookAtChildren(child);
    }
  }
}

function lookAtSockets() {
  const own = new Set();
  for (const fd of quietly(() => readdirSync(`/proc/${pid}/fd`), [])) {
    const inode = /^socket:\[(\d+)\]$/.exec(quietly(() => readlinkSync(`/proc/${pid}/fd/${fd}`), ''))?.[1];
    if (inode !== undefined) own.add(inode);
  }
  for (const kind of ['tcp', 'tcp6', 'udp', 'udp6']) {
    for (const line of read(`/proc/${pid}/net/${kind}`).split('\n').slice(1)) {
      const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
      if (inode === undefined || !own.has(inode)) continue;
      const isServed = kind.startsWith('tcp') && Number.parseInt(local.split(':')[1], 16) === port;
      if (!isServed) tell('connection', `${kind} ${local} to ${remote}${state === LISTENING ? ', listening' : ''}`);
    }
  }
}

parentPort.postMessage({ kind: 'ready', what: '' });
for (;;) {
  lookAtChildren(pid);
  lookAtSockets();
  Atomics.wait(sleeper, 0, 0, EVERY_MS);
}
