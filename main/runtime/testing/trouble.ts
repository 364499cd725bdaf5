/** The provider of a protocol with one operation `run({ do })`: it counts, unless it is told to go wrong in one of the ways there are. */
export const TROUBLE = `{ run(input, self) {
  if (input.do === 'loop') for (;;);
  if (input.do === 'hang') [].indexOf.call({ length: 2 ** 53 - 1 }, 1);
  if (input.do === 'memory') { const a = []; for (;;) a.push(new Array(1000).fill(1.5)); }
  if (input.do === 'throw') throw new Error('boom');
  self.state.count = (self.state.count ?? 0) + 1;
  return { count: self.state.count, incarnation: self.incarnation };
} }`;
