import { populationStability, type Psi } from '../metrics/psi.ts';
import type { DriftResult } from './drift-schema.ts';

export interface ScoredPart {
  /** The model's own, before calibration: what the PSI is of. */
  readonly probability: ArrayLike<number>;
  /** Rows without a finite one are left out of mean and approval rate. */
  readonly calibrated: Float64Array;
}

/**
 * PSI, mean probability and approval rate of two parts; null where one has no score.
 * @param threshold refused from this calibrated probability on; null: approval rates are not known
 */
export function compareScores(reference: ScoredPart, current: ScoredPart, threshold: number | null): DriftResult['score'] {
  const [before, after] = [reference.calibrated.filter(Number.isFinite), current.calibrated.filter(Number.isFinite)];
  if (before.length === 0 || after.length === 0) return null;
  const stability = populationStability(reference.probability, current.probability);
  return {
    psi: stability.psi,
    psiP: Number.isFinite(stability.nullProbability) ? stability.nullProbability : null,
    bands: scoreBands(stability, current),
    meanPdReference: mean(before),
    meanPdCurrent: mean(after),
    approvalRateReference: approvalRate(before, threshold),
    approvalRateCurrent: approvalRate(after, threshold),
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Share granted: calibrated probability below the threshold. */
function approvalRate(calibrated: Float64Array, threshold: number | null): number | null {
  if (threshold === null) return null;
  return calibrated.reduce((granted, value) => granted + (value < threshold ? 1 : 0), 0) / calibrated.length;
}

type Band = NonNullable<NonNullable<DriftResult['score']>['bands']>[number];

/** The reference's deciles of the score, with what is expected of the current rows in each. */
function scoreBands({ edges, hasMissingBin, referenceCounts, currentCounts, contributions }: Psi, current: ScoredPart): Band[] {
  const [before, after] = [sum(referenceCounts), sum(currentCounts)];
  const expected = referenceCounts.map(() => ({ sum: 0, rows: 0 }));
  current.calibrated.forEach((value, row) => {
    const score = current.probability[row] ?? Number.NaN;
    const above = edges.findIndex((edge) => score < edge);
    const band = Number.isNaN(score) ? expected.at(-1) : expected[above < 0 ? edges.length : above];
    if (band === undefined || !Number.isFinite(value)) return;
    band.sum += value;
    band.rows++;
  });
  return referenceCounts.map((count, at) => {
    const isMissing = hasMissingBin && at === referenceCounts.length - 1;
    const { sum: total, rows } = expected[at] ?? { sum: 0, rows: 0 };
    return {
      from: isMissing ? null : (edges[at - 1] ?? null),
      to: isMissing ? null : (edges[at] ?? null),
      reference: count / before,
      current: (currentCounts[at] ?? 0) / after,
      contribution: contributions[at] ?? 0,
      expectedDefaultRate: rows === 0 ? null : total / rows,
    };
  });
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
