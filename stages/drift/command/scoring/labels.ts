import { type DuckDb, sqlName } from '../../../../pipeline/index.ts';
import type { OutOfFold } from '../../estimate/estimate-performance.ts';
import { pickRows, rowsWhere } from '../../../metrics/picked-rows.ts';
import type { OpenedPart } from '../open-part.ts';
import { outcomeSql } from './read-targets.ts';
import type { ScoreOptions } from './score-parts.ts';

export interface LabelledScores {
  /** NaN where there is none. */
  readonly probability: Float64Array;
  /** 1 for default, 0 for repaid, NaN where the outcome is not known. */
  readonly target: Float64Array;
}

/** The column that outcomes stand in, where a part has one. */
export function targetColumn({ context }: Pick<ScoreOptions, 'context'>): string {
  return context.args.text('target') ?? 'TARGET';
}

/** Scores and outcomes of a part's rows, by score and outcome: in whatever order a file holds them. */
export async function readLabels(
  db: DuckDb,
  { view, part, score, target }: { readonly view: string; readonly part: OpenedPart; readonly score: string; readonly target: string },
): Promise<LabelledScores> {
  const probability = finiteScore(score);
  const { p = new Float64Array(), y = new Float64Array() } = await db.doubles(
    `select ${probability} as p, ${outcomeSql(part, target)} as y from ${sqlName(view)} order by p nulls last, y nulls last`,
  );
  return { probability: p, target: y };
}

/** The order of rows by score; of equal ones any order will do where rows are only counted. */
export function scoreOrder(score: string): string {
  return `${finiteScore(score)} nulls last`;
}

function finiteScore(score: string): string {
  return `case when isfinite(${sqlName(score)}::double) then ${sqlName(score)}::double end`;
}

/** Those rows that have both; null where no outcome is known. */
export function labelledRows({ probability, target }: LabelledScores): OutOfFold | null {
  const rows = rowsWhere(target.length, (row) => Number.isFinite(target[row]) && Number.isFinite(probability[row]));
  if (rows.length === 0) return null;
  return { probability: pickRows(probability, rows), target: pickRows(target, rows) };
}
