import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { DuckDb } from '../../pipeline/index.ts';
import { sigmoid } from '../../stages/calibrate/apply-calibrator.ts';
import { crossFit } from '../../stages/calibrate/cross-fit.ts';
import { modelSummary } from '../../stages/train/stage.ts';
import oofSql from './sql/oof.sql';

/** Out-of-fold predictions of one run, by client. */
export interface Deal {
  readonly id: Int32Array;
  readonly target: Uint8Array;
  /** Log-odds with the odds factor of weights and resampling taken off. */
  readonly margin: Float64Array;
  /** Probabilities as the model says them, with that factor in. */
  readonly raw: Float64Array;
  readonly corrected: Float64Array;
  /** Platt's two numbers fitted on the other folds. */
  readonly calibrated: Float64Array;
}

/** @param files of the ports train.oof and train.summary */
export async function readDeal(files: Readonly<Record<string, string>>): Promise<Deal> {
  using db = await DuckDb.open({ threads: 2, memoryMb: 1024, tempDir: tmpdir() });
  await db.view('oof', files['train.oof'] ?? '');
  const rows = await db.all<{ SK_ID_CURR: number; TARGET: number; fold: number; margin: number }>(oofSql);
  const { positiveWeight } = modelSummary.parse(JSON.parse(await readFile(files['train.summary'] ?? '', 'utf8')));
  const target = Uint8Array.from(rows, ({ TARGET }) => TARGET);
  const raw = Float64Array.from(rows, ({ margin }) => sigmoid(margin));
  const margin = Float64Array.from(rows, (row) => row.margin - Math.log(positiveWeight));
  return {
    id: Int32Array.from(rows, ({ SK_ID_CURR }) => SK_ID_CURR),
    target,
    margin,
    raw,
    corrected: margin.map(sigmoid),
    calibrated: crossFit('platt', { target, fold: Int8Array.from(rows, ({ fold }) => fold), probability: raw }),
  };
}
