/** Entry of the store's thread: SQLite blocks, so it gets a thread of its own. */
import { parentPort } from 'node:worker_threads';
import { assert } from '../../shared/assert';
import { betterSqlite3 } from './driver-better-sqlite3';
import type { StoreRequest } from './store-protocol';
import { StoreService } from './store-service';

assert(parentPort, 'store-worker.js runs as a worker thread');
const port = parentPort;
const service = new StoreService(betterSqlite3, (answer) => port.postMessage(answer));
port.on('message', (request: StoreRequest) => service.receive(request));
