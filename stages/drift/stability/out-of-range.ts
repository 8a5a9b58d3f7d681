import type { NumericTable } from '../maths/distinct-table.ts';

export interface OutOfRange {
  /** Share of the current rows (missing ones included) below the reference's least value, and above its greatest. */
  readonly below: number;
  readonly above: number;
}

/** How much of the current part lies where the reference has no value at all: a model has seen nothing like it. @param missing current rows without a value */
export function outOfRange({ reference, current, nCurrent }: NumericTable, missing: number): OutOfRange {
  const rows = nCurrent + missing;
  let [below, above] = [0, 0];
  for (let at = 0; at < reference.length && reference[at] === 0; at++) below += current[at] ?? 0;
  for (let at = reference.length - 1; at >= 0 && reference[at] === 0; at--) above += current[at] ?? 0;
  return rows === 0 ? { below: 0, above: 0 } : { below: below / rows, above: above / rows };
}
