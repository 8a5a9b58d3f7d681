import { type DuckDb, sqlName } from '../../../../pipeline/index.ts';
import { isNumber } from '../is-number.ts';
import type { OpenedPart } from '../open-part.ts';

/** Outcomes of a part's rows by SK_ID_CURR, as its matrices are: 0, 1, or NaN where they are not known. */
export async function readTargets(db: DuckDb, view: string, part: OpenedPart, target: string): Promise<Float64Array> {
  if (!isNumber(part.columns[target] ?? '')) return new Float64Array(part.rows).fill(Number.NaN);
  const name = sqlName(target);
  const { y = new Float64Array() } = await db.doubles(
    `select case when ${name} in (0, 1) then ${name}::double end as y from ${sqlName(view)} order by SK_ID_CURR`,
  );
  return y;
}
