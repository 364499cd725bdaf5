/** Fields of nodes that have a mailbox: what they provide, what they need, and how much may wait. */
import { z } from 'zod';
import { ruled } from '../field-rule';
import { flagField, restartField, shutdownField, titleField, WORKER_SHUTDOWN_MS } from './child-fields';

const LARGEST_MAILBOX = 1_000_000;

const providesField = ruled(z.array(z.string()).default([]), {
  code: 'DES013',
  because: 'provides is a list of protocol names',
  fix: 'Write it like ["Triage"].',
});

export const requiresField = ruled(z.record(z.string(), z.string()).default({}), {
  code: 'DES013',
  because: 'requires gives each port the name of a protocol',
  fix: 'Write it like { "llm": "Model" }.',
});

export const mailboxField = ruled(z.int().min(1).max(LARGEST_MAILBOX).default(1000), {
  code: 'DES013',
  because: `a mailbox holds from 1 to ${LARGEST_MAILBOX} messages`,
  fix: 'Use 1000, the default.',
});

export const operationField = ruled(z.string(), {
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
  significant: flagField,
  isolated: flagField,
  mailbox: mailboxField,
} as const;
