import type { DuckDb } from '../../pipeline/index.ts';

/** The holdout as evaluate scored it, by SK_ID_CURR. */
export interface JudgedRows {
  readonly id: Float64Array;
  readonly target: Uint8Array;
  /** The model's own: ranks finer than a calibrated one with steps. */
  readonly probability: Float64Array;
  readonly calibrated: Float64Array;
  /** 1 for refuse. */
  readonly decision: Uint8Array;
}

/** Reads a view named predictions. */
export async function readJudgedRows(db: DuckDb): Promise<JudgedRows> {
  const columns = await db.doubles('select SK_ID_CURR, target, probability, calibrated, decision from predictions order by SK_ID_CURR');
  const column = (name: string): Float64Array => columns[name] ?? new Float64Array();
  return {
    id: column('SK_ID_CURR'),
    target: Uint8Array.from(column('target')),
    probability: column('probability'),
    calibrated: column('calibrated'),
    decision: Uint8Array.from(column('decision')),
  };
}

/** The rows with those numbers. */
export function pickRows(rows: JudgedRows, picked: readonly number[]): JudgedRows {
  return {
    id: Float64Array.from(picked, (row) => rows.id[row] ?? Number.NaN),
    target: Uint8Array.from(picked, (row) => rows.target[row] ?? 0),
    probability: Float64Array.from(picked, (row) => rows.probability[row] ?? Number.NaN),
    calibrated: Float64Array.from(picked, (row) => rows.calibrated[row] ?? Number.NaN),
    decision: Uint8Array.from(picked, (row) => rows.decision[row] ?? 0),
  };
}
