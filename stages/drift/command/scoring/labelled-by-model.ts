import { type DuckDb, sqlName } from '../../../../pipeline/index.ts';
import type { OutOfFold } from '../../estimate/estimate-performance.ts';
import { rowsByScore } from '../../estimate/by-score.ts';
import { pickLabelled } from '../../estimate/pick-labelled.ts';
import { pickRows, rowsWhere } from '../../../metrics/picked-rows.ts';
import { REFERENCE_ROWS } from '../../scan/scan-column.ts';
import type { OpenedPart } from '../open-part.ts';
import { readTargets } from './read-targets.ts';

export interface LabelledReference {
  /** In order of score and outcome. */
  readonly rows: OutOfFold | null;
  /** Each labelled row's place in the reference's matrix; null with the rows. */
  readonly at: Uint32Array | null;
  /** Why there are none. */
  readonly reason: string | null;
}

export interface LabelledSource {
  readonly part: OpenedPart;
  readonly target: string;
  /** Scores of the rows that the model was fitted to, by models that were not. */
  readonly oof: string | null;
}

/** @param probability the model's own, by SK_ID_CURR */
export type LabelledBy = (probability: ArrayLike<number>) => LabelledReference;

/**
 * Labelled rows of the reference with a score that is not in-sample: out of fold where the model was fitted to the row, its own
 * elsewhere. Without the out-of-fold scores nobody can tell the two apart, and an estimate from in-sample scores would flatter the
 * model: then there are none. All is read before anything is scored.
 */
export async function labelledByModel(db: DuckDb, { part, target, oof }: LabelledSource): Promise<LabelledBy> {
  const none = (reason: string): LabelledBy => {
    return () => ({ rows: null, at: null, reason });
  };
  if (part.columns[target] === undefined) return none(`${part.name} has no column "${target}" of outcomes`);
  if (oof === null) return none('no oof.parquet lies beside the model, so nobody knows which rows it was fitted to');
  const outcomes = await readTargets(db, REFERENCE_ROWS, part, target);
  await db.view('oof_scores', oof);
  const { p = new Float64Array() } = await db.doubles(
    `select o.probability::double as p from ${sqlName(REFERENCE_ROWS)} r left join oof_scores o using (SK_ID_CURR) order by r.SK_ID_CURR`,
  );
  const at = rowsWhere(outcomes.length, (row) => Number.isFinite(outcomes[row]));
  if (at.length === 0) return none(`no outcome is known in column "${target}" of ${part.name}`);
  return (probability) => {
    const own = { target: pickRows(outcomes, at), probability: pickRows(p, at) };
    for (let row = 0; row < at.length; row++)
      if (!Number.isFinite(own.probability[row])) own.probability[row] = probability[at[row] ?? 0] ?? Number.NaN;
    // In that order once: whoever estimates would put them so.
    const order = rowsByScore(own);
    return { rows: pickLabelled(own, order), at: order.map((row) => at[row] ?? 0), reason: null };
  };
}
