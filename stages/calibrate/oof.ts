import { type DuckDb, SluiceError } from '../../pipeline/index.ts';
import oofSql from './sql/oof.sql';

/** Out-of-fold scores, by SK_ID_CURR. All arrays have one entry a row. */
export interface Oof {
  /** 1 for default, 0 for repaid. */
  readonly target: Uint8Array;
  readonly fold: Int8Array;
  readonly probability: Float64Array;
}

/** @throws SluiceError DATA_ONE_CLASS: a calibration needs both; DATA_TOO_SMALL for a single fold; DATA_BAD_VALUE for a probability that is none */
export async function readOof(db: DuckDb, path: string): Promise<Oof> {
  await db.view('oof', path);
  const rows = await db.all<{ TARGET: number; fold: number; probability: number }>(oofSql);
  const oof = {
    target: Uint8Array.from(rows, (row) => row.TARGET),
    fold: Int8Array.from(rows, (row) => row.fold),
    probability: Float64Array.from(rows, (row) => row.probability),
  };
  const bad = oof.probability.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad >= 0) throw new SluiceError('DATA_BAD_VALUE', `out-of-fold row ${bad} has probability ${oof.probability[bad]}`);
  const positives = oof.target.reduce((sum, value) => sum + value, 0);
  if (positives === 0 || positives === oof.target.length) {
    throw new SluiceError(
      'DATA_ONE_CLASS',
      `all ${oof.target.length} out-of-fold rows have TARGET ${positives === 0 ? 0 : 1}; calibration needs both`,
    );
  }
  if (oof.fold.every((fold) => fold === oof.fold[0])) {
    throw new SluiceError(
      'DATA_TOO_SMALL',
      `all ${oof.fold.length} out-of-fold rows are in fold ${oof.fold[0]}; a calibration is judged on folds that it was not fitted on`,
      {
        hint: 'Set params.split.folds to 2 or more, or use more data.',
      },
    );
  }
  return oof;
}
