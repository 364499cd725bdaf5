// The medians as the table of docs/performance.md: a row for each size and side, in brackets how many times plain React Flow's.
const HEAD = ['nodes', 'side', 'usable', 'pan, all in sight', 'drag, all in sight', 'pan at 100 %', 'drag at 100 %', 'after a drop'];
const NAMES = { 'plain-all': 'React Flow, all drawn', plain: 'React Flow, visible only', 'studio-flow': 'Flow', 'studio-tree': 'Tree' };

const figures = ({ opened, whole, close }) => [opened.usableMs, whole.pan.mainMs, whole.drag.mainMs, close.pan.mainMs, close.drag.mainMs, close.drag.dropLongTasksMs];
const word = (ms) => (ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`);

function cells(side, plain) {
  const beside = plain && figures(plain);
  return figures(side).map((value, index) => (beside && plain !== side && beside[index] > 0 ? `${word(value)} (${(value / beside[index]).toFixed(1)}x)` : word(value)));
}

/** `results`: by size, by side, what `measure` of `canvas.mjs` answers. */
export function canvasTable(results) {
  const rows = Object.entries(results).flatMap(([count, sides]) => Object.entries(sides).map(([side, taken]) => [count, NAMES[side] ?? side, ...cells(taken, sides.plain)]));
  return [HEAD, HEAD.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
