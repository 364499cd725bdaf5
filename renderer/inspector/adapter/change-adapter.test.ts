import { expect, it } from 'vitest';
import { changeAdapter } from './change-adapter';

const adapter = { protocol: 'Chat', operations: { classify: { to: 'ask', input: { a: 1 } } } };

it('an operation that is written about says where it goes', () =>
  expect(changeAdapter({ protocol: 'Chat', operations: {} }, ['operations', 'ask', 'input'], { a: 1 })).toEqual({ protocol: 'Chat', operations: { ask: { to: 'ask', input: { a: 1 } } } }));

it('one that goes where it would go anyway is not written down', () => {
  expect(changeAdapter(adapter, ['operations', 'classify', 'to'], 'classify')).toMatchObject({ operations: { classify: { to: 'classify', input: { a: 1 } } } });
  const bare = changeAdapter(adapter, ['operations', 'classify', 'input'], undefined);
  expect(bare).toEqual({ protocol: 'Chat', operations: { classify: { to: 'ask' } } });
  expect(changeAdapter(bare, ['operations', 'classify', 'to'], 'classify')).toEqual({ protocol: 'Chat', operations: {} });
  expect(changeAdapter(bare, ['operations', 'classify', 'to'], undefined)).toEqual({ protocol: 'Chat', operations: {} });
});

it('the protocol is a field like others, and what is no operation is left as it is', () => {
  expect(changeAdapter(adapter, ['protocol'], 'Other')).toEqual({ ...adapter, protocol: 'Other' });
  expect(changeAdapter({ ...adapter, operations: { classify: 7 } }, ['protocol'], 'Other')).toMatchObject({ operations: { classify: 7 } });
});
