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
  const column = (name: keyof typeof columns): Promise<Float64Array> => db.column(columns[name]);
  return {
    id: await column('id'),
    target: Uint8Array.from(await column('target')),
    probability: await column('probability'),
    calibrated: await column('calibrated'),
    decision: Uint8Array.from(await column('decision')),
  };
}

const columns = {
  id: 'select SK_ID_CURR from predictions order by SK_ID_CURR',
  target: 'select target from predictions order by SK_ID_CURR',
  probability: 'select probability from predictions order by SK_ID_CURR',
  calibrated: 'select calibrated from predictions order by SK_ID_CURR',
  decision: 'select decision from predictions order by SK_ID_CURR',
} as const;

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
