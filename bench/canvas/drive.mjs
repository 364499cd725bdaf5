// What a person does to a drawing, and what it costs the page's main thread. The same for the Studio and for plain React Flow; only how a
// node is found and how it shows that it is selected differ.
const MOVES = 30;
const PATIENCE_MS = 120_000;

/** Sums of Chromium's own counters, in seconds. */
async function readCounters(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

export class Drawing {
  #page;
  #cdp;
  #marks;

  /** `marks`: selectors of a node and of a selected one. */
  constructor(page, cdp, marks) {
    this.#page = page;
    this.#cdp = cdp;
    this.#marks = marks;
  }

  static async open(browser, url, marks, prepare) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable');
    await page.addInitScript(watchFrames);
    if (prepare) await page.addInitScript(...prepare);
    await page.goto(url, { waitUntil: 'commit' });
    const drawing = new Drawing(page, cdp, marks);
    return { drawing, opened: { ...(await drawing.#becomeUsable()), longTasksMs: await drawing.#takeLongTasks() } };
  }

  close() {
    return this.#page.context().close();
  }

  /** From the navigation to a node on the screen, and to a click on it that is answered; ms by the page's own clock. */
  async #becomeUsable() {
    const shownMs = await (await this.#page.waitForFunction(findNode, [this.#marks.node], { polling: 'raf' })).evaluate(() => performance.now());
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
      const at = await this.#findNode();
      await this.#page.mouse.click(at.x, at.y);
      const answered = await this.#page.waitForFunction((selected) => document.querySelector(selected) !== null && performance.now(), this.#marks.selected, { polling: 'raf', timeout: 1000 }).catch(() => undefined);
      if (answered) return { shownMs: Math.round(shownMs), usableMs: Math.round(await answered.jsonValue()) };
    }
    throw new Error('no click was answered');
  }

  async #findNode() {
    return (await this.#page.waitForFunction(findNode, [this.#marks.node], { polling: 'raf' })).jsonValue();
  }

  /** Still for half a second: layouts that come late have come. */
  async settle() {
    let before;
    for (let tries = 0; tries < 60; tries += 1) {
      const now = await readCounters(this.#cdp);
      if (before && now.TaskDuration - before.TaskDuration < 0.05) return;
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error('the page does not come to rest');
  }

  /** Mean work of the main thread a move (ms), and the longest time between two frames. */
  async #measure(moves, work) {
    await this.settle();
    const before = await readCounters(this.#cdp);
    await this.#page.evaluate(() => globalThis.frames_.begin());
    for (let move = 1; move <= moves; move += 1) await work(move);
    const longestFrameMs = await this.#page.evaluate(() => globalThis.frames_.end());
    const after = await readCounters(this.#cdp);
    const each = (name) => Math.round(((after[name] - before[name]) * 1e5) / moves) / 100;
    return { mainMs: each('TaskDuration'), scriptMs: each('ScriptDuration'), styleMs: each('RecalcStyleDuration'), layoutMs: each('LayoutDuration'), longestFrameMs: Math.round(longestFrameMs) };
  }

  async drag() {
    await this.settle();
    // What the pointer comes upon; far out that is what was clicked first, since it is selected.
    const { x, y, id } = await this.#findNode();
    const place = () => this.#page.evaluate((node) => JSON.stringify(document.querySelector(node)?.getBoundingClientRect()), id);
    const before = await place();
    await this.#page.mouse.move(x, y);
    await this.#page.mouse.down();
    await this.#page.mouse.move(x + 8, y + 4);
    const moved = await this.#measure(MOVES, (move) => this.#page.mouse.move(x + 8 + (move % 16) * 4, y + 4 + (move % 16) * 2));
    if ((await place()) === before) throw new Error(`a drag did not move ${id}`);
    await this.#takeLongTasks();
    await this.#page.mouse.up();
    await this.settle();
    return { ...moved, dropLongTasksMs: await this.#takeLongTasks() };
  }

  /** Sum of what kept the main thread for 50 ms and more since the last time, ms. */
  async #takeLongTasks() {
    return Math.round(await this.#page.evaluate(() => globalThis.longTasks_.splice(0).reduce((sum, one) => sum + one, 0)));
  }

  /** Out and back again. */
  pan() {
    return this.#page.mouse.move(720, 420).then(() => this.#measure(MOVES, (move) => this.#page.mouse.wheel(move <= MOVES / 2 ? 50 : -50, move <= MOVES / 2 ? 20 : -20)));
  }

  /** From where it is to the given zoom around a node in the middle, in steps as a wheel gives them. */
  async zoomTo(zoom) {
    const at = await this.#findNode();
    await this.#page.mouse.move(at.x, at.y);
    await this.#page.keyboard.down('Control');
    const now = await this.zoom();
    const delta = -Math.log2(zoom / now) / 0.002;
    const measured = await this.#measure(20, () => this.#page.mouse.wheel(0, delta / 20));
    await this.#page.keyboard.up('Control');
    return measured;
  }

  zoom() {
    return this.#page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')).transform).a);
  }

  countNodes() {
    return this.#page.evaluate(() => ({ nodes: document.querySelectorAll('.react-flow__node').length, elements: document.querySelectorAll('*').length }));
  }
}

/** Runs in the page: the node nearest to the middle that the pointer can reach. */
function findNode([selector]) {
  const [middleX, middleY] = [innerWidth / 2, innerHeight / 2];
  let best;
  for (const node of document.querySelectorAll(selector)) {
    const box = node.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 3];
    const away = Math.hypot(x - middleX, y - middleY);
    if (box.width === 0 || (best && best.away <= away) || getComputedStyle(node).visibility !== 'visible') continue;
    const hit = document.elementFromPoint(x, y);
    if (hit && node.contains(hit)) best = { x, y, away, id: node.dataset.node ? `[data-node="${node.dataset.node}"]` : `[data-id="${node.dataset.id}"]` };
  }
  if (best) return best;
  // Far out the Studio draws blocks: the one nearest to the middle that the pointer can reach.
  for (let away = 0; away < 300; away += 3) {
    for (let turn = 0; turn < 16; turn += 1) {
      const [x, y] = [middleX + away * Math.cos((turn * Math.PI) / 8), middleY + away * Math.sin((turn * Math.PI) / 8)];
      if (document.elementFromPoint(x, y)?.matches('.far-block')) return { x, y };
    }
  }
  return undefined;
}

/** Runs in the page before all else: times between frames while asked, and all long tasks. */
function watchFrames() {
  globalThis.longTasks_ = [];
  new PerformanceObserver((list) => globalThis.longTasks_.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  let longest = 0;
  let last = 0;
  let isOn = false;
  const frame = (now) => {
    if (!isOn) return;
    if (last > 0) longest = Math.max(longest, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  globalThis.frames_ = {
    begin: () => {
      [longest, last, isOn] = [0, 0, true];
      requestAnimationFrame(frame);
    },
    end: () => {
      isOn = false;
      return longest;
    },
  };
}
