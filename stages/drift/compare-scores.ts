import { populationStability } from '../metrics/psi.ts';
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
  return {
    psi: populationStability(reference.probability, current.probability).psi,
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
