/** Entry of the workspace's thread: SQLite blocks, so it gets a thread of its own. */
import { parentPort } from 'node:worker_threads';
import { assert } from '../../shared/assert';
import { betterSqlite3 } from './driver-better-sqlite3';
import { WorkspaceService, type WorkspaceRequest } from './workspace-service';

assert(parentPort, 'workspace-worker.js runs as a worker thread');
const port = parentPort;
const service = new WorkspaceService(betterSqlite3, (answer) => port.postMessage(answer));
port.on('message', (request: WorkspaceRequest) => service.receive(request));
