import { expect, test } from '@jest/globals';
import { compareLocks } from './compare-locks.ts';
import { lockText, parseLock } from './lock-file.ts';
import type { Lock } from './lock-schema.ts';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];

const lock: Lock = {
  schema: 1,
  pipeline: 'numbers',
  config: 'configs/numbers.yaml',
  stages: {
    check: {
      fingerprint: a,
      code: b,
      params: { 'params.check.limit': 100 },
      inputs: { total: c, note: null },
      outputs: { verdict: { digest: a } },
      verdict: 'passed',
    },
    register: { effect: true, code: b },
    rows: { fingerprint: b, code: c, packages: { zod: a }, outputs: { table: { digest: b, rows: 12 } } },
  },
};

test('a lock reads back as it was written, one value a line', () => {
  const text = lockText(lock);
  expect(parseLock(text, 'sluice.lock')).toEqual(lock);
  expect(text).toContain(`    outputs:\n      table:\n        digest: ${b}\n        rows: 12\n`);
  expect(text).not.toMatch(/[&*]a1/);
});

test('more rows in one table are a diff of two lines', () => {
  const rows = lock.stages['rows'];
  const more: Lock = { ...lock, stages: { ...lock.stages, rows: { ...rows, code: c, outputs: { table: { digest: c, rows: 13 } } } } };
  const [before, after] = [lockText(lock).split('\n'), lockText(more).split('\n')];
  expect(after.filter((line, index) => line !== before[index])).toEqual([`        digest: ${c}`, '        rows: 13']);
  expect(after).toHaveLength(before.length);
});

test.each([
  ['a merge conflict, with its line', lockText(lock).replace('  check:', '<<<<<<< HEAD\n  check:'), 'holds a merge conflict', 6],
  ['a newer version', 'schema: 2\n', 'which a newer Sluice wrote', undefined],
  ['an edit by hand', lockText(lock).replace('pipeline: numbers', 'pipeline: [numbers'), 'is not YAML', expect.any(Number)],
  ['another file', 'schema: 1\nstages: {}\n', 'is not a lock', undefined],
])('a lock with %s is refused with what to do', (_, text, message, line) => {
  let thrown: unknown = null;
  try {
    parseLock(text, '/p/sluice.lock');
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({
    code: 'LOCK_FILE',
    message: expect.stringContaining(message),
    hint: expect.stringContaining('sluice run --lock'),
  });
  expect((thrown as { at: { line?: number } }).at.line).toEqual(line);
});

test('a disagreement is named by stage and thing', () => {
  const here: Lock = {
    ...lock,
    config: 'configs/other.yaml',
    stages: {
      check: {
        ...lock.stages['check'],
        code: b,
        params: { 'params.check.limit': 90 },
        inputs: { total: b, note: null },
        outputs: { verdict: { digest: a } },
        verdict: 'rejected',
      },
      rows: { fingerprint: b, code: a, packages: { zod: b }, outputs: { table: { digest: c, rows: 13 } } },
      added: { code: a },
    },
  };
  expect(compareLocks(lock, here, ['check', 'rows', 'added', 'register'])).toEqual([
    'config: configs/numbers.yaml in the lock, configs/other.yaml here',
    'check: params.check.limit is 100 in the lock, 90 here',
    'check: input total',
    'check: verdict passed in the lock, rejected here',
    'rows: its code',
    'rows: package zod',
    'rows: output table, 12 rows in the lock, 13 here',
    'added is not in the lock',
    'register has no good outputs here',
  ]);
  expect(compareLocks(lock, lock, Object.keys(lock.stages))).toEqual([]);
  const otherNode: Lock = { ...lock, stages: { ...lock.stages, rows: { ...lock.stages['rows'], code: c, fingerprint: a } } };
  expect(compareLocks(lock, otherNode, ['rows'])).toEqual(['rows: another native library, environment variable or version of Node']);
});
