import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { type BodyRun, runBody } from '../../pipeline/testing/run-body.ts';
import run from './run.ts';
import { ingest, ingestSummary } from './stage.ts';
import { applicants, csvFolder, sampleCsv } from './testing/csv-folder.ts';
import { zipOf } from './testing/zip-of.ts';

type Done = BodyRun<typeof ingest.outputs>;

const train = sampleCsv('application_train', applicants(40));
const bureau = sampleCsv('bureau', [{ SK_ID_CURR: 100_002, SK_ID_BUREAU: 5_000_001 }]);

const ingestFolder = (raw: string): Promise<Done> =>
  runBody(ingest, run, { inputs: { raw }, config: { source: { kind: 'csv', dir: raw } } });

const present = async (done: Done): Promise<string[]> =>
  ingestSummary
    .parse(JSON.parse(await readFile(done.outputs.summary, 'utf8')))
    .tables.flatMap(({ name, rows }) => (rows > 0 ? [`${name} ${rows}`] : []));

const TABLES = ['application_train 40', 'bureau 1'];
const both = { 'application_train.csv': train, 'bureau.csv': bureau };

describe('zip archives', () => {
  test.each([
    ['one with all tables, deflated', { 'home-credit-default-risk.zip': zipOf(both) }],
    [
      'one a table, stored',
      {
        'application_train.csv.zip': zipOf({ 'application_train.csv': train }, { stored: true }),
        'bureau.csv.zip': zipOf({ 'bureau.csv': bureau }),
      },
    ],
    ['zip64 lengths and offsets', { 'all.ZIP': zipOf(both, { zip64: true }) }],
    [
      'in a folder, beside other files',
      {
        'all.zip': zipOf({
          'data/': '',
          'data/bureau.csv': bureau,
          'data/application_train.csv': train,
          '__MACOSX/data/bureau.csv': 'x',
          'sample_submission.csv': 'x',
        }),
      },
    ],
    [
      'beside a table that lies there unpacked, which comes first',
      { 'all.zip': zipOf({ ...both, 'bureau.csv': 'not read' }), 'bureau.csv': bureau },
    ],
  ])('%s', async (_, files) => {
    const done = await ingestFolder(await csvFolder(files));
    expect(await present(done)).toEqual(TABLES);
    const plain = await ingestFolder(await csvFolder(both));
    expect(await readFile(done.outputs.application_train)).toEqual(await readFile(plain.outputs.application_train));
  });

  test('made by another program', async () => {
    const [from, folder] = [await csvFolder(both), await mkdtemp(join(tmpdir(), 'sluice-zip-'))];
    const script =
      'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED)\nfor n in sys.argv[3:]: z.write(sys.argv[1] + "/" + n, n)\nz.close()';
    const python = await promisify(execFile)('python3', ['-c', script, from, join(folder, 'all.zip'), ...Object.keys(both)]).catch(
      () => null,
    );
    if (python === null) await writeFile(join(folder, 'all.zip'), zipOf(both));
    expect(await present(await ingestFolder(folder))).toEqual(TABLES);
  });

  test('a bad row is named by archive, file and line', async () => {
    const files = { 'all.zip': zipOf({ 'application_train.csv': train.replace(/^100003,/m, '1e9999,') }) };
    await expect(ingestFolder(await csvFolder(files))).rejects.toMatchObject({
      code: 'DATA_BAD_VALUE',
      message: expect.stringMatching(/^all\.zip\/application_train\.csv:3: column SK_ID_CURR: "1e9999" is not a finite number/),
    });
  });

  const whole = zipOf(both);
  const flipped = Buffer.from(whole);
  flipped.writeUInt8(flipped.readUInt8(60) ^ 0xff, 60);
  test.each([
    ['that is something else', Buffer.from('not a zip'), 'all.zip is not a zip archive'],
    ['cut short', whole.subarray(0, whole.length - 60), 'all.zip is truncated: its list of files, which stands at the end, is not there'],
    ['with a byte changed', flipped, expect.stringMatching(/^all\.zip is damaged: .*application_train\.csv/)],
    [
      'with a wrong checksum',
      zipOf(both, { crc32: 7 }),
      'all.zip is damaged: the checksum of application_train.csv is not the one it was packed with',
    ],
    [
      'of a method that is not read here',
      zipOf(both, { method: 12 }),
      'all.zip holds application_train.csv packed by method 12; deflate (8) and stored (0) are read',
    ],
    ['locked by a password', zipOf(both, { flags: 1 }), 'all.zip is locked by a password: application_train.csv cannot be read'],
    ['whose list claims more than there is', zipOf(both, { entries: 9 }), 'all.zip is damaged: its list of files ends too early'],
  ])('an archive %s is refused', async (_, bytes, message) => {
    await expect(ingestFolder(await csvFolder({ 'all.zip': bytes }))).rejects.toMatchObject({ code: 'DATA_MALFORMED', message });
  });

  test('a table in two archives, and one packed twice', async () => {
    await expect(ingestFolder(await csvFolder({ 'a.zip': zipOf(both), 'b.zip': zipOf({ 'bureau.csv': bureau }) }))).rejects.toMatchObject({
      code: 'DATA_MALFORMED',
      message: expect.stringMatching(/has 2 files for bureau: a\.zip\/bureau\.csv, b\.zip\/bureau\.csv$/),
    });
    await expect(ingestFolder(await csvFolder({ 'a.zip': zipOf({ 'application_train.csv.zip': zipOf(both) }) }))).rejects.toMatchObject({
      code: 'DATA_MISSING_TABLE',
      hint: 'Unpack a.zip/application_train.csv.zip first.',
    });
  });
});
