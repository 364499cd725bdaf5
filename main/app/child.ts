/**
 * First file of the engine's and the simulator's process inside Electron: a utility process of Electron before 28 begins with CommonJS
 * only. It loads the entry that Electron's main process names, the same file that Node forks elsewhere.
 */
const [, , entry] = process.argv;
// A process without its entry is of no use; the core hears its end.
if (entry === undefined) process.exit(1);
import(entry).catch(() => process.exit(1));

export {};
