import { type DuckDb, sqlName } from '../../../../pipeline/index.ts';
import type { OutOfFold } from '../../estimate/estimate-performance.ts';
import { pickRows, rowsWhere } from '../../maths/picked-rows.ts';
import { REFERENCE_ROWS } from '../../scan/scan-column.ts';
import type { OpenedPart } from '../open-part.ts';
import { readTargets } from './read-targets.ts';

export interface LabelledReference {
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
  /** The model's own, by SK_ID_CURR. */
  readonly probability: ArrayLike<number>;
}

/**
 * Labelled rows of the reference with a score that is not in-sample: out of fold where the model was fitted to the row, its own
 * elsewhere. Without the out-of-fold scores nobody can tell the two apart, and an estimate from in-sample scores would flatter the
 * model: then there are none.
 */
export async function labelledByModel(db: DuckDb, { part, target, oof, probability }: LabelledSource): Promise<LabelledReference> {
  const none = (reason: string): LabelledReference => ({ rows: null, at: null, reason });
  if (part.columns[target] === undefined) return none(`${part.name} has no column "${target}" of outcomes`);
  if (oof === null) return none('no oof.parquet lies beside the model, so nobody knows which rows it was fitted to');
  const outcomes = await readTargets(db, REFERENCE_ROWS, part, target);
  await db.view('oof_scores', oof);
  const { p = new Float64Array() } = await db.doubles(
    `select o.probability::double as p from ${sqlName(REFERENCE_ROWS)} r left join oof_scores o using (SK_ID_CURR) order by r.SK_ID_CURR`,
  );
  const at = rowsWhere(outcomes.length, (row) => Number.isFinite(outcomes[row]));
  if (at.length === 0) return none(`no outcome is known in column "${target}" of ${part.name}`);
  return {
    rows: {
      target: pickRows(outcomes, at),
      probability: Float64Array.from(at, (row) => (Number.isFinite(p[row]) ? (p[row] ?? Number.NaN) : (probability[row] ?? Number.NaN))),
    },
    at,
    reason: null,
  };
}
