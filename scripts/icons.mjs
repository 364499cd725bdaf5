// node scripts/node24.mjs scripts/icons.mjs: assets/icons/*.png, icon.ico and icon.icns, drawn from assets/icon.svg by a browser
// (PRISMATIC_BROWSER, else /usr/bin/chromium). What it writes is committed; run it again when the mark changes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from './build-if-stale.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const svg = readFileSync(join(root, 'assets/icon.svg'), 'utf8');

async function draw() {
  const browser = await chromium.launch({ executablePath: process.env.PRISMATIC_BROWSER ?? '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  const page = await browser.newPage();
  const drawn = new Map();
  for (const size of SIZES) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    drawn.set(size, await page.screenshot({ omitBackground: true }));
  }
  await browser.close();
  return drawn;
}

/** Windows: a directory of PNGs (sizes up to 256; 0 says 256). */
function toIco(drawn) {
  const images = SIZES.filter((size) => size <= 256).map((size) => ({ size, png: drawn.get(size) }));
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** macOS: typed chunks of PNGs. */
function toIcns(drawn) {
  const types = { icp4: 16, icp5: 32, icp6: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 };
  const chunk = (type, body) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(body.length + 8, 4);
    return Buffer.concat([head, body]);
  };
  return chunk('icns', Buffer.concat(Object.entries(types).map(([type, size]) => chunk(type, drawn.get(size)))));
}

const drawn = await draw();
mkdirSync(join(root, 'assets/icons'), { recursive: true });
for (const [size, png] of drawn) writeFileSync(join(root, `assets/icons/${size}x${size}.png`), png);
writeFileSync(join(root, 'assets/icon.ico'), toIco(drawn));
writeFileSync(join(root, 'assets/icon.icns'), toIcns(drawn));
