import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DuckDb, sqlString } from '../../pipeline/index.ts';
import { compareParts, datasetDrift, type Part } from '../../stages/drift/compare-parts.ts';
import { DRIFT_RULES } from '../../stages/drift/maths/drift-rule.ts';
import { type DatasetCase, driftCases, driftPath } from './drift-cases.ts';

const cases = driftCases('Evidently’s preset on whole tables').filter((entry): entry is DatasetCase => entry.kind === 'dataset');

for (const entry of cases) {
  describe(`Evidently’s preset on ${entry.case}`, () => {
    let db: DuckDb;
    let dir: string;
    beforeAll(async () => {
      dir = await mkdtemp(join(tmpdir(), 'sluice-drift-'));
      db = await DuckDb.open({ threads: 2, memoryMb: 512, tempDir: dir });
    });
    afterAll(() => db.close());

    async function part(csv: string): Promise<Part> {
      const path = join(dir, `${csv}.parquet`);
      await db.copyToParquet(`select * from read_csv(${sqlString(driftPath(csv))}, sample_size = -1, header = true)`, path);
      const columns = await db.all<{ column_name: string; column_type: string }>('describe select * from read_parquet($path)', { path });
      return { path, columns: Object.fromEntries(columns.map(({ column_name, column_type }) => [column_name, column_type])) };
    }

    test('columns, methods, scores, count and share', async () => {
      const columns = await compareParts(
        db,
        { reference: await part(entry.ref_csv), current: await part(entry.cur_csv) },
        { mode: '0.7', ignore: [] },
      );
      const truth = entry.preset_0_7;
      if ('error' in truth) {
        // Evidently dies of one bad column; here it is named, and the others are judged.
        const named = /column '([^']+)'/.exec(truth.error)?.[1] ?? '';
        expect(columns.find(({ name }) => name === named)?.skipReason).toEqual(expect.any(String));
        expect(columns.filter(({ skipReason }) => skipReason === null)).toHaveLength(columns.length - 1);
        return;
      }
      const ours = datasetDrift(columns, { mode: '0.7', driftShare: 0.5 });
      expect(Object.keys(truth.columns).toSorted()).toEqual(columns.map(({ name }) => name).toSorted());
      for (const { name, evidently } of columns) {
        const theirs = truth.columns[name];
        if (evidently === null || theirs === undefined || typeof theirs.score !== 'number') throw new Error(`${name} was not compared`);
        expect(Math.abs((evidently.score ?? Number.NaN) - theirs.score)).toBeLessThanOrEqual(1e-9);
        expect(evidently.threshold).toBe(theirs.threshold);
        const rule = DRIFT_RULES[evidently.test as keyof typeof DRIFT_RULES];
        expect(rule.label.toLowerCase().replaceAll(/[^a-z]/g, '')).toBe(theirs.method.toLowerCase().replaceAll(/[^a-z]/g, ''));
      }
      expect({ count: ours.numberOfDriftedColumns, share: ours.shareOfDriftedColumns }).toEqual(truth.drifted_columns);
      expect(ours.datasetDrift).toBe(truth.drifted_columns.share >= 0.5);
    });
  });
}
