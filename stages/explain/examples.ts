import type { ExactExplanations } from './explanations-schema.ts';

export interface PickedExample {
  readonly row: number;
  readonly why: ExactExplanations['examples'][number]['why'];
}

/** Up to four rows worth reading: three refused from low to high risk, and the one that was just approved. Ties go to the first row. */
export function pickExamples(calibrated: ArrayLike<number>, threshold: number): readonly PickedExample[] {
  const sorted = Array.from({ length: calibrated.length }, (_, row) => row).toSorted(
    (left, right) => (calibrated[left] ?? 0) - (calibrated[right] ?? 0) || left - right,
  );
  const refused = sorted.filter((row) => (calibrated[row] ?? Number.NaN) >= threshold);
  const approved = sorted.filter((row) => (calibrated[row] ?? Number.NaN) < threshold);
  const candidates: readonly (readonly [number | undefined, PickedExample['why']])[] = [
    [refused[0], 'refused, just past the limit'],
    [refused[refused.length >> 1], 'refused, the middle one'],
    [refused.at(-1), 'refused, the highest risk'],
    [approved.at(-1), 'approved, just below the limit'],
  ];
  const seen = new Set<number>();
  return candidates.flatMap(([row, why]) => {
    if (row === undefined || seen.has(row)) return [];
    seen.add(row);
    return [{ row, why }];
  });
}
