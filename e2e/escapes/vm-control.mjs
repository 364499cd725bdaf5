// The control that must fail: runs the `escape` and `leak` attempts in node:vm and prints the names of those that get out.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

process.on('unhandledRejection', () => undefined);
const attempts = JSON.parse(readFileSync(new URL('attempts.json', import.meta.url), 'utf8'));
const out = [];
for (const { name, code, mustNot } of attempts) {
  if (mustNot !== 'escape' && mustNot !== 'leak') continue;
  const context = vm.createContext(Object.create(null));
  const ctx = Object.freeze({ send() {}, persist: async () => undefined, load: async () => ({ a: [1] }), log() {}, now: () => 0, random: () => 0 });
  let given;
  try {
    given = await Promise.race([vm.runInContext(`(async (ctx, msg) => {\n${code}\n})`, context)(ctx, { hello: 'world' }), new Promise((resolve) => setTimeout(resolve, 300))]);
  } catch (error) {
    given = error;
  }
  let text = '';
  try {
    text = `${String(given)} ${String(given?.message)}`;
  } catch {
    // A value that can't be made a text has said nothing.
  }
  if (/ESCAPED|LEAKED/.test(text)) out.push(name);
}
console.log(JSON.stringify(out));
process.exit(0);
