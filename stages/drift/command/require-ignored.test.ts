import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { tableArtifact } from '../../../pipeline/testing/run-body.ts';
import { runCommand } from '../testing/run-command.ts';

const table = (rows: number, more = ''): string => `select i::integer as LOAN_ID, (i % 100) / 100.0 as x${more} from range(${rows}) t(i)`;
const options = { 'columns-only': true } as const;

let [reference, current, dated, keyless] = ['', '', '', ''];
beforeAll(async () => {
  reference = await tableArtifact(table(600));
  current = await tableArtifact(table(550));
  dated = await tableArtifact(table(550, ', i as BATCH_DATE'));
  keyless = await tableArtifact('select (i % 100) / 100.0 as x from range(550) t(i)');
});

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'sluice-ignore-'));
const compared = async (more: Readonly<Record<string, string | readonly string[]>>): Promise<readonly string[]> =>
  (await runCommand({ reference, current, ...options, ...more })).result.columns.map(({ name }) => name);

test.each([
  ['misspelt', ['LOAN_DI'], '"LOAN_DI". Did you mean "LOAN_ID"?'],
  ['in other capitals', ['loan_id'], '"loan_id". Did you mean "LOAN_ID"?'],
  ['of two in one text', ['LOAN_ID,x'], '"LOAN_ID,x". Did you mean "LOAN_ID"?'],
  ['that is near none, beside one that is right', ['LOAN_ID', 'nothing_of_the_kind'], '"nothing_of_the_kind".'],
])('--ignore of a column %s is refused, not compared without a word', async (_, ignore, words) => {
  await expect(runCommand({ reference, current, ...options, ignore })).rejects.toMatchObject({
    code: 'USAGE',
    message: `--ignore: neither ${basename(reference)} nor ${basename(current)} has a column ${words}`,
    hint: expect.stringContaining('one for each --ignore'),
  });
});

test('a column of one part only may be ignored; keys and outcomes that neither has as well', async () => {
  expect(await compared({ current: dated, ignore: ['LOAN_ID', 'BATCH_DATE'] })).toEqual(['x']);
  expect(await compared({ ignore: ['LOAN_ID', 'SK_ID_CURR', 'TARGET'] })).toEqual(['x']);
  expect(await compared({ ignore: ['LOAN_ID', 'DEFAULTED'], target: 'DEFAULTED' })).toEqual(['x']);
});

test('a column that was left out of the profile may be left out again where the batch lacks it; a misspelt one may not', async () => {
  const profile = join(await folder(), 'profile.parquet');
  await compared({ ignore: ['LOAN_ID'], 'save-profile': profile });
  expect(await compared({ reference: profile, current: keyless, ignore: ['LOAN_ID'] })).toEqual(['x']);
  await expect(compared({ reference: profile, current: keyless, ignore: ['LOAN_DI'] })).rejects.toThrow(
    `neither profile.parquet nor ${basename(keyless)} has a column "LOAN_DI". Did you mean "LOAN_ID"?`,
  );
});

test('a batch of no bytes is told as broken, whatever is ignored', async () => {
  const empty = join(await folder(), 'empty.csv');
  await writeFile(empty, '');
  expect(await runCommand({ reference, current: empty, ...options, ignore: ['BATCH_DATE'] })).toMatchObject({ code: 3 });
});
