import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { DuckDb, sqlString } from '../../pipeline/index.ts';
import { compareViews, datasetDrift } from '../../stages/drift/compare-parts.ts';
import { CURRENT_ROWS, REFERENCE_ROWS } from '../../stages/drift/scan/scan-column.ts';

/** The published scores of Evidently on the whole Kaggle tables; the tables themselves are not ours to keep. */
const published = z.object({ drifted_columns: z.number(), share: z.number(), columns: z.record(z.string(), z.number()) });
const truthFile = join(resolve(process.env['SLUICE_REFERENCE'] ?? '../shared/reference'), 'home_credit_full_drift_scores.json');
const folder = process.env['SLUICE_HOME_CREDIT'];

function tableFile(name: string): string | null {
  if (folder === undefined) return null;
  return ['csv', 'csv.gz', 'parquet'].map((ending) => join(folder, `${name}.${ending}`)).find((path) => existsSync(path)) ?? null;
}

const [train, current] = [tableFile('application_train'), tableFile('application_test')];
const why =
  train === null || current === null
    ? ' (skipped: SLUICE_HOME_CREDIT names no folder with application_train and application_test)'
    : existsSync(truthFile)
      ? ''
      : ` (skipped: no ${truthFile}, set SLUICE_REFERENCE)`;

async function open(db: DuckDb, path: string, view: string): Promise<Readonly<Record<string, string>>> {
  const read = path.endsWith('.parquet')
    ? `read_parquet(${sqlString(path)})`
    : `read_csv(${sqlString(path)}, header = true, sample_size = -1)`;
  await db.run(`create table ${view} as select * from ${read}`);
  const described = await db.all<{ column_name: string; column_type: string }>(`describe ${view}`);
  return Object.fromEntries(described.map((column) => [column.column_name, column.column_type]));
}

(why === '' ? test : test.skip)(
  `the published scores of all columns of the full Kaggle tables${why}`,
  async () => {
    const truth = published.parse(JSON.parse(readFileSync(truthFile, 'utf8')));
    const tempDir = await mkdtemp(join(tmpdir(), 'sluice-kaggle-'));
    using db = await DuckDb.open({ threads: availableParallelism(), memoryMb: 1500, tempDir });
    const parts = {
      reference: { columns: await open(db, train ?? '', REFERENCE_ROWS) },
      current: { columns: await open(db, current ?? '', CURRENT_ROWS) },
    };
    const columns = await compareViews(db, parts, { mode: '0.7', ignore: ['TARGET'] });
    const scored = columns.filter(({ name }) => Object.hasOwn(truth.columns, name));
    const gaps = scored.filter(({ name, evidently }) => !(Math.abs((evidently?.score ?? Number.NaN) - (truth.columns[name] ?? 0)) <= 1e-9));
    expect(gaps.map(({ name, evidently }) => [name, evidently?.score, truth.columns[name]])).toEqual([]);
    expect(scored.map(({ name }) => name).toSorted()).toEqual(Object.keys(truth.columns).toSorted());
    const whole = datasetDrift(columns, { mode: '0.7', driftShare: 0.5 });
    expect(whole).toMatchObject({ numberOfDriftedColumns: truth.drifted_columns, shareOfDriftedColumns: truth.share, datasetDrift: false });
    // What Evidently does not say: a quarter of the missing values of a leading feature are gone.
    const shift = (name: string): number => {
      const missing = columns.find((column) => column.name === name)?.missing;
      return Math.round(1e4 * ((missing?.current ?? 0) - (missing?.reference ?? 0))) / 100;
    };
    expect([shift('EXT_SOURCE_1'), shift('EXT_SOURCE_3')]).toEqual([-14.26, -2.04]);
  },
  600_000,
);
