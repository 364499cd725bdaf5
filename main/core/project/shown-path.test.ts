import { sep } from 'node:path';
import { expect, it } from 'vitest';
import { shownPath } from './shown-path';

const home = ['', 'home', 'ada'].join(sep);

it.each([
  [home, '~'],
  [`${home}${sep}designs${sep}desk`, `~${sep}designs${sep}desk`],
  [`${home}x${sep}desk`, `${home}x${sep}desk`],
  [`${sep}srv${home}`, `${sep}srv${home}`],
])('%s is read as %s', (path, expected) => expect(shownPath(path, home)).toBe(expected));
