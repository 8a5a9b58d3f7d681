import type { CommandContext, FloatMatrix } from '../../../../pipeline/index.ts';
import type { Components } from '../../joint/reconstruction-error.ts';
import { ENOUGH_ROWS, placesOf } from '../../outlook/every-few-rows.ts';
import type { JointResult } from '../../outlook/outlook-schema.ts';
import { tellApart } from '../../outlook/tell-apart.ts';

export interface ToldMatrices {
  readonly joint: JointResult;
  /** How much a row of the reference resembles the current ones; 0 for one that was not looked at. */
  readonly weightOf: (row: number) => number;
  /** For a profile of the reference. */
  readonly components: Components | null;
}

/** Both parts as matrices of some of their rows, see scorePart, the reference with the number of all; null with too few rows. */
export function tellMatrices(
  { reference, current, rows }: { readonly reference: FloatMatrix; readonly current: FloatMatrix; readonly rows: number },
  {
    important,
    categorical,
    context,
  }: { readonly important: readonly number[]; readonly categorical: ReadonlySet<string>; readonly context: CommandContext },
): ToldMatrices | null {
  const told = tellApart({
    reference,
    current,
    important,
    categorical,
    threads: 2,
    projectDir: context.projectDir,
  });
  if (told === null) return null;
  const weights = new Map(Array.from(placesOf(rows, ENOUGH_ROWS), (row, at) => [row, told.weight[at] ?? 0]));
  return { joint: told.joint, components: told.components, weightOf: (row) => weights.get(row) ?? 0 };
}
