import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../shared/errors/diagnostic';
import { countProblems } from './index-problems';

const told = (code: Diagnostic['code'], severity: Diagnostic['severity']): Diagnostic => ({ code, severity, at: { file: 'design.json' }, message: '', fix: '', see: '' });

describe('how many problems there are', () => {
  it.each([
    ['while nothing is checked', undefined, 2, 2],
    ['where each is told', { counts: { error: 1, warning: 1, info: 0 }, diagnostics: [told('DES002', 'error'), told('DES010', 'warning')] }, 0, 2],
    ['where they are more than are told', { counts: { error: 9000, warning: 1, info: 2 }, diagnostics: [told('DES002', 'error')] }, 0, 9003],
    ['with conflicts, of which each is told as a warning too', { counts: { error: 1, warning: 2, info: 0 }, diagnostics: [told('MRG001', 'warning'), told('MRG001', 'warning'), told('DES002', 'error')] }, 2, 3],
  ])('%s', (_, report, conflicts, count) => expect(countProblems(report, conflicts)).toBe(count));
});
