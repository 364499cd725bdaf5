/** What a scenario may expect, kind by kind. A kind that is not here cannot be judged, and is refused before anything runs. */
import { z } from 'zod';
import { anyJson } from '../json/json-schema';
import { ruled } from './field-rule';

const name = z.string().describe('Your own word for it.');

export const expectation = ruled(
  z.discriminatedUnion('kind', [
    z.strictObject({ name, kind: z.literal('nothingLost').describe('Every acknowledged input was answered, with whatever answer.') }),
    z.strictObject({ name, kind: z.literal('atMostOnce').describe('No effect was made twice.') }),
    z.strictObject({ name, kind: z.literal('failedAtMost').describe('At most `count` inputs were answered with an error.'), count: z.int().min(0).describe('How many may.') }),
    z.strictObject({ name, kind: z.literal('restartsAtMost').describe('Supervisors made at most `count` restarts.'), count: z.int().min(0).describe('How many they may make.') }),
    z.strictObject({ name, kind: z.literal('lastOutput').describe('The last value that a sink put out is `value`.'), node: z.string().describe('Id of the sink.'), value: anyJson.describe('The value.') }),
  ]),
  {
    code: 'SCN005',
    because: 'an expectation is nothingLost or atMostOnce, failedAtMost or restartsAtMost with a count, or lastOutput with node and value',
    fix: 'Write it like { "name": "few restarts", "kind": "restartsAtMost", "count": 3 }.',
  },
);
export const expectations = z.array(expectation);
