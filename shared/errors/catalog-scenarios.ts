import type { CatalogPart } from './catalog-entry';

/** Codes of scenario files, read by `simulate`: SCN0xx. */
export const scenarioCatalog = {
  SCN001: {
    severity: 'error',
    title: 'there is no such scenario',
    meaning: '`--scenario outage` means the file `scenarios/outage.json`. Without the flag it is `scenarios/default.json`, and where that is missing the design’s own sources run without faults.',
    in: 'shell',
    wrong: 'prismatic simulate my-system --scenario outages',
    right: 'prismatic simulate my-system --scenario outage',
  },
  SCN002: {
    severity: 'error',
    title: 'a fault is of a kind that this version does not inject',
    meaning: '`crash` ends the process of a node, `killHost` takes a host away with all that lives on it. A fault that is not injected would make a scenario pass that tests nothing.',
    in: 'scenarios/default.json',
    wrong: `{ "faults": [{ "atMs": 1000, "kind": "delay", "node": "desk" }] }`,
    right: `{ "faults": [{ "atMs": 1000, "kind": "crash", "node": "desk" }] }`,
  },
  SCN003: {
    severity: 'error',
    title: 'the format of the scenario is not one that this version reads',
    meaning: '`format` says which version of the file format a scenario is written in; this version reads `prismatic-scenario/1`.',
    in: 'scenarios/default.json',
    wrong: `{ "format": "prismatic-scenario/2" }`,
    right: `{ "format": "prismatic-scenario/1" }`,
  },
  SCN004: {
    severity: 'error',
    title: 'a fault hits what is not there',
    meaning: 'A `crash` names a node. A `killHost` names a host: `main`, or the id of a node with `"isolated": true`. The control host has no handlers and cannot be lost.',
    in: 'scenarios/default.json',
    wrong: `{ "faults": [{ "atMs": 1000, "kind": "killHost", "host": "desk" }] }`,
    right: `{ "faults": [{ "atMs": 1000, "kind": "killHost", "host": "main" }] }`,
  },
  SCN005: {
    severity: 'error',
    title: 'an expectation is not one that can be judged',
    meaning: 'There are `nothingLost`, `atMostOnce`, `failedAtMost` and `restartsAtMost` with a `count`, and `lastOutput` with `node` and `value`.',
    in: 'scenarios/default.json',
    wrong: `{ "expectations": [{ "name": "few restarts", "kind": "restartsAtMost" }] }`,
    right: `{ "expectations": [{ "name": "few restarts", "kind": "restartsAtMost", "count": 3 }] }`,
  },
  SCN006: {
    severity: 'error',
    title: 'a line of the load goes to nobody',
    meaning: '`to` names a node that provides the operation; `protocol` may be missing where only one of its protocols has it.',
    in: 'scenarios/default.json',
    wrong: `{ "load": [{ "to": "deks", "operation": "classify", "input": { "text": "a" } }] }`,
    right: `{ "load": [{ "to": "desk", "operation": "classify", "input": { "text": "a" } }] }`,
  },
  SCN007: {
    severity: 'error',
    title: 'a field of the scenario has a value that it cannot take',
    meaning: 'Times are whole milliseconds of virtual time from 0 to a year; load, faults and expectations are lists of objects (docs/formats/scenario.md).',
    in: 'scenarios/default.json',
    wrong: `{ "faults": [{ "atMs": "1s", "kind": "crash", "node": "desk" }] }`,
    right: `{ "faults": [{ "atMs": 1000, "kind": "crash", "node": "desk" }] }`,
  },
  SCN008: {
    severity: 'error',
    title: 'the input of a load line does not fit its protocol',
    meaning: 'The same check as at the door of the node, made before the simulation begins.',
    in: 'scenarios/default.json',
    wrong: `{ "load": [{ "to": "desk", "operation": "classify", "input": { "text": 7 } }] }`,
    right: `{ "load": [{ "to": "desk", "operation": "classify", "input": { "text": "seven" } }] }`,
  },
} as const satisfies CatalogPart;
