import type { Costs } from '../../metrics/cost.ts';
import { createPrng } from '../../metrics/prng.ts';
import { shuffledRows } from '../../metrics/shuffled-rows.ts';
import { expectedPerformance } from '../estimate/expected-performance.ts';
import { referenceChunks, type UsualRange, usualRange } from '../estimate/reference-chunks.ts';
import { pickRows } from '../../metrics/picked-rows.ts';
import type { EstimateResult } from './outlook-schema.ts';

export interface DecidedRows {
  readonly target: ArrayLike<number>;
  readonly probability: ArrayLike<number>;
  readonly refused: ArrayLike<number>;
}

/**
 * What tenths of the reference came to, by outcomes: where a figure of so many loans usually lies. Rows are drawn into the tenths, by a fixed seed: in
 * the order of a file they would depend on it. A remainder of less than half a tenth is left out; null where a tenth lacks a class.
 */
export function usualFigures({ target, probability, refused }: DecidedRows, costs: Costs, seed: number): EstimateResult['usual'] {
  const drawn = shuffledRows(target.length, createPrng(seed));
  const chunks = referenceChunks(target.length);
  const size = (chunks[0]?.[1] ?? 0) - (chunks[0]?.[0] ?? 0);
  const whole = chunks.filter(([from, to]) => to - from >= size / 2);
  const came = whole.map(([from, to]) => {
    // Which rows a tenth has matters, not their order: as they were given, scores most often ascend.
    const rows = drawn.subarray(from, to).toSorted();
    const own = { score: pickRows(probability, rows), probability: pickRows(target, rows), refused: pickRows(refused, rows) };
    return expectedPerformance(own, costs);
  });
  const most = Math.max(costs.falseNegative, costs.falsePositive);
  const ranges = {
    auc: usualRange(
      came.map(({ auc }) => auc),
      { lower: 0, upper: 1 },
    ),
    defaultRate: usualRange(
      came.map(({ defaultRate }) => defaultRate),
      { lower: 0, upper: 1 },
    ),
    costPerLoan: usualRange(
      came.map(({ costPerLoan }) => costPerLoan),
      { lower: 0, upper: most },
    ),
  };
  const isKnown = whole.length > 1 && Object.values(ranges).every(({ lo, hi }: UsualRange) => Number.isFinite(lo) && Number.isFinite(hi));
  return isKnown ? { chunks: whole.length, rows: size, ...ranges } : null;
}
