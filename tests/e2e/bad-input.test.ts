import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildCli, type CliResult, REPOSITORY, runCli } from '../../pipeline/testing/real-cli.ts';
import { applicants, csvFolder, sampleCsv } from '../../stages/ingest/testing/csv-folder.ts';

/** What a user with a bad file or key sees of the credit pipeline: where, which value, what next, and an exit code. Nothing here gets as far as training. */
const good = sampleCsv('application_train', applicants(200));
const lines = good.split('\n');
const withLine = (number: number, line: string): string => lines.map((old, index) => (index === number - 1 ? line : old)).join('\n');
const bureau = sampleCsv(
  'bureau',
  Array.from({ length: 3000 }, (_, index) => ({ SK_ID_CURR: 100_002 + (index % 200), SK_ID_BUREAU: 1 + index })),
);

interface Case {
  readonly what: string;
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly code: string;
  readonly says: readonly RegExp[];
}

const cases: readonly Case[] = [
  {
    what: 'a folder without application_train',
    files: { 'bureau.csv': bureau },
    code: 'DATA_MISSING_TABLE',
    says: [/has no application_train\.csv or application_train\.csv\.gz: it has bureau\.csv/, /→ Rename the file/],
  },
  {
    what: 'a missing column',
    files: { 'application_train.csv': good.replace('AMT_CREDIT,', 'AMT_CREDITS,') },
    code: 'DATA_MISSING_COLUMN',
    says: [/column "AMT_CREDIT" is missing\. Did you mean "AMT_CREDITS"\?/, /at .*application_train\.csv:1\n/],
  },
  {
    what: 'a text in a numeric column',
    files: { 'application_train.csv': sampleCsv('application_train', [...applicants(40), { SK_ID_CURR: 1, AMT_CREDIT: 'much' }]) },
    code: 'DATA_BAD_VALUE',
    says: [/application_train\.csv:42: column AMT_CREDIT: "much" is not a number \(/, /→ .*params\.ingest\.rejectTolerance=/],
  },
  {
    what: 'a broken quote',
    files: { 'application_train.csv': withLine(7, (lines[6] ?? '').replace(/,([A-Z][a-z]+ loans),/, ',"$1,')) },
    code: 'DATA_MALFORMED',
    says: [/application_train\.csv:7: column NAME_CONTRACT_TYPE: broken quote/, /→ Close the quote/],
  },
  {
    what: 'a truncated .gz',
    files: { 'application_train.csv': good, 'bureau.csv.gz': gzipSync(bureau).subarray(0, -2000) },
    code: 'DATA_MALFORMED',
    says: [/bureau\.csv\.gz cannot be unpacked: it is truncated/, /→ Copy or download it again/],
  },
  {
    what: 'a client twice',
    files: { 'application_train.csv': `${good}${lines[7]}\n` },
    code: 'DATA_DUPLICATE_KEY',
    says: [/SK_ID_CURR 100008 stands on lines 8 and 202/, /→ An application table has one row a client/],
  },
  {
    what: 'no default at all',
    files: {
      'application_train.csv': sampleCsv(
        'application_train',
        applicants(200).map((cells) => ({ ...cells, TARGET: 0 })),
      ),
    },
    code: 'DATA_ONE_CLASS',
    says: [/application_train has 0 defaults \(TARGET = 1\) and 200 applicants without/, /→ .*TARGET came along/],
  },
];

describe('bad input', () => {
  let artifacts: string;
  const sluice = (...args: string[]): Promise<CliResult> => runCli(REPOSITORY, args, { SLUICE_ARTIFACTS: artifacts });
  beforeAll(async () => {
    artifacts = join(await csvFolder({}), 'artifacts');
    await buildCli();
  });
  afterAll(() => rm(artifacts, { recursive: true, force: true }));

  test.each(cases)('$what: exit 1, place, value and next step', async ({ files, code, says }) => {
    const folder = await csvFolder(files);
    const { code: exit, stdout, stderr } = await sluice('run', '--to', 'validate', '-S', 'source.kind=csv', '-S', `source.dir=${folder}`);
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toContain(`✖ ${code} `);
    for (const pattern of says) expect(stderr).toMatch(pattern);
    expect(stderr).not.toMatch(/^ +at \S+ \(/m); // no stack: it is the file's fault
    await rm(folder, { recursive: true, force: true });
  });

  test.each([
    ['a mistyped key', 'params.train.etaa=0.1', /✖ CONFIG_UNKNOWN_KEY "params\.train\.etaa" .*Did you mean "eta"\?/],
    ['a value out of range', 'params.train.eta=1.5', /✖ CONFIG_VALUE params\.train\.eta is 1\.5; allowed: a number above 0, up to 1\./],
    ['a folder that nobody reads', 'source.dir=somewhere', /✖ CONFIG_VALUE .*source\.kind/],
  ])('%s: exit 2, and nothing runs', async (_, set, message) => {
    const { code, stderr } = await sluice('run', '-S', set);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('started');
  });

  test('a folder that is not there: exit 2', async () => {
    const { code, stderr } = await sluice('run', '--to', 'ingest', '-S', 'source.kind=csv', '-S', 'source.dir=/nowhere/data');
    expect(code).toBe(2);
    expect(stderr).toMatch(/✖ SOURCE_MISSING source\.dir is "\/nowhere\/data", which is not a folder\n +→ .*DATA=/);
  });
});
