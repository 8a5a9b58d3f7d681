import type { DuckDb } from '../../pipeline/index.ts';

/** The holdout as evaluate scored it, by SK_ID_CURR. */
export interface JudgedRows {
  readonly id: Float64Array;
  readonly target: Uint8Array;
  readonly probability: Float64Array;
  readonly calibrated: Float64Array;
  readonly decision: Uint8Array;
}

/** Reads a view named predictions. */
export async function readJudgedRows(db: DuckDb): Promise<JudgedRows> {
  return {
    id: await db.column('select SK_ID_CURR from predictions order by SK_ID_CURR'),
    target: Uint8Array.from(await db.column('select target from predictions order by SK_ID_CURR')),
    probability: await db.column('select probability from predictions order by SK_ID_CURR'),
    calibrated: await db.column('select calibrated from predictions order by SK_ID_CURR'),
    decision: Uint8Array.from(await db.column('select decision from predictions order by SK_ID_CURR')),
  };
}
