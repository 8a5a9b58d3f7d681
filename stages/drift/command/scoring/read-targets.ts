import { type DuckDb, sqlName } from '../../../../pipeline/index.ts';
import { isNumber } from '../is-number.ts';
import type { OpenedPart } from '../open-part.ts';

/** Outcomes of a part's rows by SK_ID_CURR, as its matrices are: 0, 1, or NaN where they are not known. */
export async function readTargets(db: DuckDb, view: string, part: OpenedPart, target: string): Promise<Float64Array> {
  const { y = new Float64Array() } = await db.doubles(`select ${outcomeSql(part, target)} as y from ${sqlName(view)} order by SK_ID_CURR`);
  return y;
}

/** An outcome as an expression of SQL: 0, 1, or null, which also stands for a part that has no such numbers. */
export function outcomeSql(part: OpenedPart, target: string): string {
  const name = sqlName(target);
  return isNumber(part.columns[target] ?? '') ? `case when ${name} in (0, 1) then ${name}::double end` : 'null::double';
}
