import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type CommandEnd, runCommand } from '../testing/run-command.ts';

const HEADER = 'SK_ID_CURR,x,level';
const row = (at: number): string => `${at},${(at % 97) / 7},${'abc'[at % 3] ?? ''}`;
const rows = (count: number, of = row): string[] => Array.from({ length: count }, (_, at) => of(at));

async function write(...lines: readonly string[]): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'sluice-csv-')), 'batch.csv');
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

const compare = (reference: string, current: string): Promise<CommandEnd> => runCommand({ reference, current, 'columns-only': true });

describe('CSV parts of sluice drift', () => {
  test.each(['7,8', '7,8,9,10'])('a row of another number of fields is named, not read as one column of texts: %s', async (odd) => {
    const ragged = await write(HEADER, ...rows(700), odd, ...rows(40));
    const message = new RegExp(
      `--reference .* cannot be read as CSV: .*Line: 702; Expected Number of Columns: 3 Found: ${odd.split(',').length}$`,
    );
    await expect(compare(ragged, ragged)).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/a field too few or too many/),
    });
  });

  test('the same among other files of a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-csv-'));
    await writeFile(join(folder, 'a.csv'), [HEADER, ...rows(600)].join('\n'));
    await writeFile(join(folder, 'b.csv'), [HEADER, ...rows(600), '7'].join('\n'));
    await expect(compare(folder, folder)).rejects.toMatchObject({ code: 'DATA_MALFORMED', message: expect.stringMatching(/Line: 602/) });
  });

  test('columns whose names hold a comma are columns', async () => {
    const file = await write('SK_ID_CURR,"x, in euros",level', ...rows(600));
    const { code, result } = await compare(file, file);
    expect([code, result.columns.map(({ name }) => name)]).toEqual([0, ['x, in euros', 'level']]);
  });

  test('infinities among numbers are missing numbers, and do not make a column of texts', async () => {
    const endless = await write(HEADER, ...rows(600, (at) => (at % 4 === 0 ? `${at},${at % 8 === 0 ? 'inf' : '-inf'},a` : row(at))));
    const { columns } = (await compare(await write(HEADER, ...rows(600)), endless)).result;
    expect(columns[0]).toMatchObject({ name: 'x', type: 'num', skipReason: null, missing: { reference: 0, current: 0.25 } });
    expect(columns[0]?.evidently).not.toBeNull();
  });

  test('a column of nothing but infinities is told as one without values, not as dates', async () => {
    const { code, result } = await compare(await write(HEADER, ...rows(600)), await write(HEADER, ...rows(600, (at) => `${at},inf,a`)));
    expect([code, result.columns[0]?.skipReason]).toEqual([3, 'no value in the current part']);
  });

  test('texts stay texts where one of them says inf', async () => {
    const file = await write(HEADER, ...rows(600, (at) => `${at},1,${['inf', 'sup', '3'][at % 3] ?? ''}`));
    expect((await compare(file, file)).result.columns[1]).toMatchObject({ name: 'level', type: 'cat', skipReason: null });
  });

  test('a file that is not UTF-8 is told so', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'sluice-csv-')), 'latin.csv');
    await writeFile(file, Buffer.from(`${HEADER}\n1,2.0,\u00E9\n`, 'latin1'));
    await expect(compare(file, file)).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: expect.stringMatching(/not utf-8/),
      hint: 'Save the file as UTF-8.',
    });
  });
});

test('a number beyond single precision does not end the comparison of all columns together', async () => {
  const vast = (at: number): string => `${at},${at % 5 === 0 ? '1.7e308' : at % 5 === 1 ? '-1.7e308' : at / 7},a`;
  const { result } = await runCommand({
    reference: await write(HEADER, ...rows(900)),
    current: await write(HEADER, ...rows(800, vast)),
  });
  expect(result.joint?.top.map(({ feature }) => feature)).toContain('x');
});
