import type { DuckDb } from '../../pipeline/index.ts';
import type { Scores } from '../scoring/score-rows.ts';
import type { HoldoutLabels } from './holdout-labels.ts';

/** 1 where the calibrated probability is at or above the threshold: refuse. */
export function decide(calibrated: ArrayLike<number>, threshold: number): Uint8Array {
  return Uint8Array.from(calibrated, (probability) => (probability >= threshold ? 1 : 0));
}

/** Writes the file that reviewers recompute everything from, by SK_ID_CURR. */
export async function writePredictions(
  db: DuckDb,
  path: string,
  labels: HoldoutLabels,
  { margin, probability, calibrated, decision }: Scores & { readonly decision: Uint8Array },
): Promise<void> {
  await db.createTable('predictions', {
    SK_ID_CURR: { type: 'INTEGER', values: labels.id },
    target: { type: 'TINYINT', values: labels.target },
    margin: { type: 'FLOAT', values: margin },
    probability: { type: 'FLOAT', values: probability },
    calibrated: { type: 'DOUBLE', values: calibrated },
    decision: { type: 'TINYINT', values: decision },
  });
  await db.copyToParquet('select * from predictions order by SK_ID_CURR', path);
}
