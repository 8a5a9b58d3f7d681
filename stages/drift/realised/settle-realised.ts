import type { DriftResult } from '../drift-schema.ts';
import { BEYOND_CHANCE, DEFAULT_LIMITS } from '../limits.ts';

/** Outcomes as expected of applicants that have changed: covariate drift, which the model stood. */
export function settleRealised(result: DriftResult): DriftResult {
  const { realised } = result;
  if (realised === undefined || realised === null || realised.drift !== 'none' || !hasMoved(result)) return result;
  return { ...result, realised: { ...realised, drift: 'covariate' } };
}

/** A column or the score beyond practice's limit and beyond chance. */
function hasMoved({ columns, score }: DriftResult): boolean {
  const limit = DEFAULT_LIMITS.scorePsi.watch ?? Number.POSITIVE_INFINITY;
  if (score?.psi !== undefined && score.psi !== null && score.psi >= limit && (score.psiP ?? 0) < BEYOND_CHANCE) return true;
  return columns.some(({ psi, stability }) => psi !== null && psi >= limit && (stability?.pAdjusted ?? 1) < BEYOND_CHANCE);
}
