import type { DuckDb } from '../../pipeline/index.ts';
import { applyCalibrator } from '../calibrate/apply-calibrator.ts';
import type { Calibrator } from '../calibrate/stage.ts';
import type { ExplanationReference } from '../explanations/reference.ts';
import { sampleRows } from '../explanations/sample-rows.ts';
import clientsSql from './sql/clients.sql';
import grantedSql from './sql/granted.sql';
import pickedSql from './sql/picked.sql';

/** With fewer granted clients than this there is no population to compare with: all development clients stand in. */
const FEWEST_GRANTED = 20;

export interface PickOptions {
  readonly calibrator: Calibrator;
  readonly threshold: number;
  readonly rows: number;
  readonly referenceRows: number;
  readonly seed: number;
}

/**
 * Makes the views `explained` (holdout clients) and `reference_rows` (granted development clients), each a sample by seed.
 * @returns clients of `explained` in its order by SK_ID_CURR, and who the reference is
 */
export async function pickRows(
  db: DuckDb,
  { calibrator, threshold, rows, referenceRows, seed }: PickOptions,
): Promise<{ readonly clients: Int32Array; readonly reference: Pick<ExplanationReference, 'population' | 'clients'> }> {
  const holdout = await db.column(clientsSql);
  const oof = await db.doubles(grantedSql);
  const [ids, probability] = [oof['SK_ID_CURR'] ?? new Float64Array(), oof['probability'] ?? new Float64Array()];
  const calibrated = applyCalibrator(calibrator, probability);
  const granted = ids.filter((_, row) => (calibrated[row] ?? Number.NaN) < threshold);
  const population = granted.length >= FEWEST_GRANTED ? 'approved' : 'all';
  const pool = population === 'approved' ? granted : ids;
  const clients = pick(holdout, rows, seed);
  await db.createTable('picked_holdout', { SK_ID_CURR: { type: 'INTEGER', values: clients } });
  await db.createTable('picked_reference', { SK_ID_CURR: { type: 'INTEGER', values: pick(pool, referenceRows, seed + 1) } });
  await db.run(pickedSql);
  return { clients, reference: { population, clients: pool.length } };
}

function pick(ids: Float64Array, wanted: number, seed: number): Int32Array {
  return Int32Array.from(sampleRows(ids.length, wanted, seed), (row) => ids[row] ?? 0);
}
