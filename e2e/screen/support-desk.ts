/** A support desk, as a person draws it from nothing: the drawing of the journey and of the tour. */
import { expect } from '@playwright/test';
import type { Person } from './person';

const ticket = { type: 'object', properties: { id: { type: 'string' }, text: { type: 'string' } }, required: ['id', 'text'], additionalProperties: false };
const text = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false };
const call = (name: string, input: object, output: object): object => ({ operations: { [name]: { kind: 'call', input, output } } });

const DESK = `export const Triage = {
  async handle(ticket, self) {
    const { text: topic } = await self.use.llm.complete({ prompt: ticket.text })
    const specialist = topic === 'billing' ? self.use.billing : self.use.general
    const { text } = await specialist.answer(ticket)
    await self.use.answers.write({ text })
    return { text }
  },
}
`;
const specialist = (words: string): string => `export const Specialist = {
  answer(ticket) {
    return { text: 'Ticket ' + ticket.id + ': ${words}' }
  },
}
`;

export const TICKET = { id: 'T-1', text: 'My invoice is wrong.' };
export const ANSWER = 'Ticket T-1: we put the amount right.';

/** From the small design that a new one begins as, emptied. */
export async function drawSupportDesk(person: Person): Promise<void> {
  for (const id of ['names', 'greeter', 'screen']) await person.remove(id);
  await person.addProtocol('Triage', call('handle', ticket, text));
  await person.addProtocol('Specialist', call('answer', ticket, text));
  await person.addProtocol('Answers', call('write', text, { type: 'null' }));

  await person.place('Sink', 'root', 'answers');
  await person.choose('To', 'file');
  await person.fill('Path', 'answers.jsonl');
  await person.provide('Answers');

  await person.place('Scripted agent', 'root', 'brain');
  await person.provide('Model');
  await person.addRule(1, { prompt: 'invoice' }, { text: 'billing' });
  await person.addRule(2, undefined, { text: 'general' });

  await person.place('Supervisor', 'root', 'specialists');
  await person.fill('maxRestarts', '5');
  for (const [id, words] of [['billing', 'we put the amount right.'], ['general', 'a person reads it today.']] as const) {
    await person.place('Code agent', 'specialists', id);
    await person.provide('Specialist');
    await person.writeHandler(id, specialist(words));
  }

  await person.place('Code agent', 'root', 'desk');
  await person.provide('Triage');
  await person.require('llm', 'Model', 'brain');
  await person.require('billing', 'Specialist', 'billing');
  await person.require('general', 'Specialist', 'general');
  await person.require('answers', 'Answers', 'answers');
  await person.writeHandler('desk', DESK);
  await person.hasNoProblems();
  await expect(person.node('desk')).toBeVisible();
}
