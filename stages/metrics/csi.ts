import { stabilityTerms } from './psi.ts';

export interface LevelStability {
  /** All levels of either side, sorted. */
  readonly levels: readonly string[];
  readonly referenceShare: readonly number[];
  readonly currentShare: readonly number[];
  readonly psi: number;
  /** Share of current rows whose level the reference does not have. */
  readonly unseenShare: number;
}

/** Stability of a categorical column, level by level; an absent level counts with `epsilon`. */
export function levelStability(reference: ArrayLike<string>, current: ArrayLike<string>, epsilon = 1e-4): LevelStability {
  const [before, after] = [countLevels(reference), countLevels(current)];
  const levels = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const counts = (side: ReadonlyMap<string, number>): number[] => levels.map((level) => side.get(level) ?? 0);
  const unseen = levels.filter((level) => !before.has(level)).reduce((sum, level) => sum + (after.get(level) ?? 0), 0);
  return {
    levels,
    referenceShare: counts(before).map((count) => count / reference.length),
    currentShare: counts(after).map((count) => count / current.length),
    psi: stabilityTerms(counts(before), counts(after), epsilon).reduce((sum, term) => sum + term, 0),
    unseenShare: unseen / current.length,
  };
}

/** Characteristic stability index of a scorecard: how many points the average applicant moved because the mix of levels changed. */
export function characteristicStability(
  { levels, referenceShare, currentShare }: LevelStability,
  points: Readonly<Record<string, number>>,
): number {
  return levels.reduce((sum, level, at) => sum + ((currentShare[at] ?? 0) - (referenceShare[at] ?? 0)) * (points[level] ?? 0), 0);
}

function countLevels(values: ArrayLike<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (let row = 0; row < values.length; row++) counts.set(values[row] ?? '', (counts.get(values[row] ?? '') ?? 0) + 1);
  return counts;
}
