// node scripts/node24.mjs bench/canvas.mjs [--counts 100,1000,3000] [--rounds 3] [--only studio-flow,plain]    (after `npm run build`)
// Opening a design and moving in it, in the served Studio and in plain React Flow, in turns within one run. Times are of the page's main
// thread as Chromium counts them, so that the software rendering of a machine without a GPU stays outside. The table of medians for
// docs/performance.md goes to stdout, each sample to stderr, all figures to bench/canvas.json.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { pickBrowser } from '../e2e/screen/browser.ts';
import { ServedStudio } from '../e2e/screen/served-studio.ts';
import { canvasTable } from './canvas/table.mjs';
import { makeDesign, writeDesign } from './canvas/design.mjs';
import { Drawing } from './canvas/drive.mjs';

const { values: given } = parseArgs({ options: { counts: { type: 'string', default: '100,1000,3000' }, rounds: { type: 'string', default: '3' }, only: { type: 'string' } } });
const counts = given.counts.split(',').map(Number);
const rounds = Number(given.rounds);
const folder = mkdtempSync(join(tmpdir(), 'bench-canvas-'));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

async function servePlain() {
  const out = join(folder, 'plain');
  await build({ root: fileURLToPath(new URL('canvas/plain', import.meta.url)), configFile: false, logLevel: 'error', plugins: [react()], base: './', build: { outDir: out, target: 'chrome114' } });
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const file = join(out, pathname === '/' ? 'index.html' : pathname);
    if (TYPES[extname(file)] === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
/** Records with the same shape become one, of their medians. */
const medians = (records) => Object.fromEntries(Object.keys(records[0]).map((key) => [key, typeof records[0][key] === 'object' ? medians(records.map((one) => one[key])) : median(records.map((one) => one[key]))]));

const studioMarks = { node: '[data-node]:not(.nd-region)', selected: '[data-node][aria-current]' };
const plainMarks = { node: '.react-flow__node', selected: '.react-flow__node.selected' };

async function measure({ drawing, opened }) {
  try {
    await drawing.settle();
    const fitted = await drawing.zoom();
    const whole = { zoom: Math.round(fitted * 1000) / 1000, ...(await drawing.countNodes()), pan: await drawing.pan(), drag: await drawing.drag() };
    const zoom = await drawing.zoomTo(1);
    const close = { zoom: Math.round((await drawing.zoom()) * 1000) / 1000, ...(await drawing.countNodes()), pan: await drawing.pan(), drag: await drawing.drag() };
    return { opened, whole, zoom, close };
  } finally {
    await drawing.close();
  }
}

async function measureStudio(browser, design, view) {
  const studio = new ServedStudio();
  try {
    const project = join(studio.home, design.name);
    writeDesign(project, design);
    const link = await studio.start('--project', project);
    return await measure(await Drawing.open(browser, link, studioMarks, [(kept) => localStorage.setItem('prismatic.viewport', JSON.stringify(kept)), { view }]));
  } finally {
    await studio.remove();
  }
}

const picked = await pickBrowser();
const browser = await chromium.launch({ ...(picked.executablePath === undefined ? {} : { executablePath: picked.executablePath }), args: picked.args, ...(picked.env ? { env: picked.env } : {}) });
const plain = await servePlain();
const address = (count, more = '') => `http://127.0.0.1:${plain.address().port}/?count=${count}${more}`;
const sides = {
  'plain-all': (count) => Drawing.open(browser, address(count, '&all'), plainMarks).then(measure),
  plain: (count) => Drawing.open(browser, address(count), plainMarks).then(measure),
  'studio-flow': (count) => measureStudio(browser, makeDesign(count), 'flow'),
  'studio-tree': (count) => measureStudio(browser, makeDesign(count), 'tree'),
};
const wanted = given.only?.split(',') ?? Object.keys(sides);
const results = {};
try {
  for (const count of counts) {
    const taken = Object.fromEntries(wanted.map((side) => [side, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const side of wanted) {
        taken[side].push(await sides[side](count));
        console.error(`${count} ${side} ${JSON.stringify(taken[side].at(-1))}`);
      }
    }
    results[count] = Object.fromEntries(wanted.map((side) => [side, medians(taken[side])]));
  }
  writeFileSync(new URL('canvas.json', import.meta.url), `${JSON.stringify({ chromium: browser.version(), rounds, results }, null, 2)}\n`);
  console.log(canvasTable(results));
} finally {
  await browser.close();
  plain.close();
  rmSync(folder, { recursive: true, force: true });
}
