import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { runBody } from '../../pipeline/testing/run-body.ts';
import run from './run.ts';
import { ingest, ingestSummary } from './stage.ts';

const folder = resolve(process.env['SLUICE_SHARED'] ?? '../shared', 'data/home_credit_linked_5k');
const there = existsSync(folder);
const name = 'real tables of 10,000 Home Credit applicants are read whole';

(there ? test : test.skip)(there ? name : `${name} (skipped: shared is absent, no ${folder})`, async () => {
  const done = await runBody(ingest, run, { inputs: { raw: folder }, config: { source: { kind: 'csv', dir: folder } }, memoryMb: 2048 });
  const { tables } = ingestSummary.parse(JSON.parse(await readFile(done.outputs.summary, 'utf8')));
  // Row counts as wc -l gives them.
  expect(Object.fromEntries(tables.map((table) => [table.name, table.rows]))).toEqual({
    application_train: 5000,
    application_test: 5000,
    bureau: 49_227,
    bureau_balance: 1_207_059,
    previous_application: 49_100,
    POS_CASH_balance: 287_697,
    installments_payments: 8739,
    credit_card_balance: 113_392,
  });
  expect(tables.every(({ present, rejected }) => present && rejected === 0)).toBe(true);
  expect(done.events.filter((event) => event.type === 'stage.log' && event.level === 'warn')).toHaveLength(1);
});
