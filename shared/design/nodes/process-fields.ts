/** Fields of nodes that have a mailbox: what they provide, what they need, and how much may wait. */
import { z } from 'zod';
import { ruled } from '../field-rule';
import { isolatedField, restartField, shutdownField, significantField, titleField, WORKER_SHUTDOWN_MS } from './child-fields';

const LARGEST_MAILBOX = 1_000_000;

const providesField = ruled(z.array(z.string()).default([]).describe('Names of the protocols that it answers.'), {
  code: 'DES013',
  because: 'provides is a list of protocol names',
  fix: 'Write it like ["Triage"].',
});

export const requiresField = ruled(z.record(z.string(), z.string()).default({}).describe('Port -> name of the protocol that it speaks there; each port needs a wire.'), {
  code: 'DES013',
  because: 'requires gives each port the name of a protocol',
  fix: 'Write it like { "llm": "Model" }.',
});

export const mailboxField = ruled(z.int().min(1).max(LARGEST_MAILBOX).default(1000).describe('Messages that may wait; a call to a full mailbox fails with `overloaded`.'), {
  code: 'DES013',
  because: `a mailbox holds from 1 to ${LARGEST_MAILBOX} messages`,
  fix: 'Use 1000, the default.',
});

export const operationField = ruled(z.string().describe('Operation that each item or tick calls, of the protocol at the port `out`.'), {
  code: 'DES013',
  because: 'this field names one operation of the protocol at the port "out"',
  fix: 'Write the name of an operation, like "classify".',
});

export const processFields = {
  title: titleField,
  provides: providesField,
  requires: requiresField,
  restart: restartField,
  shutdown: shutdownField(WORKER_SHUTDOWN_MS),
  significant: significantField,
  isolated: isolatedField,
  mailbox: mailboxField,
} as const;
