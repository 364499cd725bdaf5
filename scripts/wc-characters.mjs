// node scripts/wc-characters.mjs > assets/examples/word-count/handlers/characters.ts
// Asks GNU wc itself (coreutils 9.1 on glibc 2.36, LC_ALL=C.UTF-8) what each of Unicode's characters does to a word, by halving: a
// block in which none or all of the characters do something needs no further question. About 8,000 runs of wc, 15 seconds.
import { spawnSync } from 'node:child_process';

const BLOCK = 4096;
const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' };
const countWords = (text) => Number(spawnSync('wc', ['-w'], { input: text, env }).stdout.toString());
// Surrogates are no characters.
const characters = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => code < 0xd800 || code > 0xdfff);

/** Code points for which `line` adds one word more than `base`. */
function findAll(line, base) {
  const found = [];
  const look = (from, to) => {
    const block = characters.slice(from, to);
    const extra = countWords(block.map((code) => line(String.fromCodePoint(code))).join('')) - base * block.length;
    if (extra === 0) return;
    if (extra === block.length) return void found.push(...block);
    const middle = (from + to) >> 1;
    look(from, middle);
    look(middle, to);
  };
  for (let from = 0; from < characters.length; from += BLOCK) look(from, Math.min(from + BLOCK, characters.length));
  return found;
}

/** `[first, last]` of each run; a run may go on over the surrogates. */
function toRanges(codes) {
  const ranges = [];
  for (const code of codes) {
    const range = ranges.at(-1);
    if (range && range[1] === code - 1) range[1] = code;
    else ranges.push([code, code]);
  }
  return ranges;
}

/** Distances in base 36, by turns from the last of a range to the first of the next, and from there to its last. */
const encode = (ranges) => {
  let at = 0;
  return ranges.flatMap(([first, last]) => [first - at, last - first].map((distance, index) => ((at = index === 0 ? first : last), distance.toString(36))));
};

const visible = encode(toRanges(findAll((character) => `\n${character}\n`, 0)));
const separators = encode(toRanges(findAll((character) => `\na${character}a\n`, 1)));
const wrap = (words) => words.join(' ').replace(/(.{1,120})(?: |$)/g, '  $1\n');

console.log(`// What a character does to a word, as GNU wc 9.1 with glibc 2.36 has it in a UTF-8 locale. Made by scripts/wc-characters.mjs, which
// asked wc about each of them. The numbers are distances in base 36: to the first of a range, from there to its last, and so on.
export const SEPARATORS = toRanges(\`
${wrap(separators)}\`)

// Begins a word. What neither begins nor ends one (control characters, what Unicode 14 had not assigned) is in no list.
export const VISIBLE = toRanges(\`
${wrap(visible)}\`)

/** The inside of a character class: ranges like \`\\u{41}-\\u{5a}\`. */
function toRanges(distances: string): string {
  let code = 0
  let ranges = ''
  for (const [index, distance] of distances.trim().split(/\\s+/).entries()) {
    code += parseInt(distance, 36)
    ranges += (index % 2 === 0 ? '' : '-') + \`\\\\u{\${code.toString(16)}}\`
  }
  return ranges
}`);
