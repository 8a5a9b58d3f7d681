import type { CommandContext, FloatMatrix } from '../../../../pipeline/index.ts';
import { ENOUGH_ROWS, everyFewRows, placesOf } from '../../outlook/every-few-rows.ts';
import type { JointResult } from '../../outlook/outlook-schema.ts';
import { tellApart } from '../../outlook/tell-apart.ts';

export interface ToldMatrices {
  readonly joint: JointResult;
  /** How much a row of the reference resembles the current ones; 0 for one that was not looked at. */
  readonly weightOf: (row: number) => number;
}

/** Both parts as matrices, of at most {@link ENOUGH_ROWS} rows each; null with too few rows. */
export function tellMatrices(
  { reference, current }: { readonly reference: FloatMatrix; readonly current: FloatMatrix },
  { important, context }: { readonly important: readonly number[]; readonly context: CommandContext },
): ToldMatrices | null {
  const told = tellApart({
    reference: everyFewRows(reference, ENOUGH_ROWS),
    current,
    important,
    threads: 2,
    projectDir: context.projectDir,
  });
  if (told === null) return null;
  const weights = new Map(Array.from(placesOf(reference.rows, ENOUGH_ROWS), (row, at) => [row, told.weight[at] ?? 0]));
  return { joint: told.joint, weightOf: (row) => weights.get(row) ?? 0 };
}
