import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { DuckDb } from '../../../pipeline/index.ts';
import { loadFittedModel } from '../../scoring/model/load-fitted-model.ts';
import { readFeatureMatrix } from '../../scoring/score-rows.ts';
import { modelSummary } from '../../train/stage.ts';
import { SMALL_SUMMARY, smallModelFolder } from '../testing/small-model.ts';
import { ENOUGH_ROWS, everyFewRows } from './every-few-rows.ts';
import { scorePart } from './score-part.ts';

test('a table in any order is scored and sampled as if it had been sorted and held', async () => {
  using db = await DuckDb.open({ threads: 2, memoryMb: 512, tempDir: tmpdir() });
  const folder = await smallModelFolder();
  const summary = modelSummary.parse(SMALL_SUMMARY);
  using model = await loadFittedModel(join(folder, 'model.ubj'), { summary, threads: 1, projectDir: process.cwd() });
  // More rows than are kept, and than two batches have; keys as texts too, whose order is not that of numbers.
  const rows = `select i as SK_ID_CURR, case when i % 7 > 0 then 3 * (hash(i) % 1000) / 1000.0 end as x, 1.0::double as y from range(${ENOUGH_ROWS * 2 + 77}) t(i)`;
  for (const [name, key] of [
    ['numbers', 'SK_ID_CURR'],
    ['texts', "'k' || SK_ID_CURR"],
  ]) {
    await db.run(`create table ${name} as select * replace (${key} as SK_ID_CURR) from (${rows}) order by hash(SK_ID_CURR + 5)`);
    const whole = await readFeatureMatrix(db, name ?? '', model.features);
    const part = await scorePart(db, name ?? '', { model, calibrator: { method: 'none' } });
    expect(part.rows).toBe(whole.rows);
    expect(part.scores.probability).toEqual(model.predict(whole).probability);
    expect(part.some).toEqual(everyFewRows(whole, ENOUGH_ROWS));
  }
});
