import type { LevelTable } from '../maths/distinct-table.ts';

/** As many levels are named. */
const NAMED = 10;

export interface LevelChanges {
  /** Levels that only the current part has, the most frequent first, and the share of its rows (missing ones included) that hold any such. */
  readonly unseen: { readonly levels: readonly string[]; readonly share: number };
  /** Levels that only the reference has, and the share of its rows. */
  readonly vanished: { readonly levels: readonly string[]; readonly share: number };
}

/** Which levels came and which went. @param missing rows without a value */
export function levelChanges(
  { levels, reference, current, nReference, nCurrent }: LevelTable,
  missing: { readonly reference: number; readonly current: number },
): LevelChanges {
  return {
    unseen: onlyIn(levels, { here: current, there: reference, rows: nCurrent + missing.current }),
    vanished: onlyIn(levels, { here: reference, there: current, rows: nReference + missing.reference }),
  };
}

interface Sides {
  readonly here: Float64Array;
  readonly there: Float64Array;
  readonly rows: number;
}

function onlyIn(levels: readonly string[], { here, there, rows }: Sides): LevelChanges['unseen'] {
  const only = levels
    .map((level, index) => ({ level, count: here[index] ?? 0, other: there[index] ?? 0 }))
    .filter(({ count, other }) => count > 0 && other === 0);
  const sum = only.reduce((all, { count }) => all + count, 0);
  const byCount = only.toSorted((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1));
  return { levels: byCount.slice(0, NAMED).map(({ level }) => level), share: rows > 0 ? sum / rows : 0 };
}
