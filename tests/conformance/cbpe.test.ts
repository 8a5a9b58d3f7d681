import { expect } from '@jest/globals';
import { applyCalibrator } from '../../stages/calibrate/apply-calibrator.ts';
import { fitIsotonic } from '../../stages/calibrate/fit-isotonic.ts';
import { estimatePerformance } from '../../stages/drift/estimate/estimate-performance.ts';
import { expectedCounts, expectedPerformance } from '../../stages/drift/estimate/expected-performance.ts';
import { testCases } from './decision-cases.ts';

interface Rows {
  readonly y_pred_proba: readonly number[];
  readonly y_pred: readonly number[];
  readonly y_true: readonly number[];
}
type Metric = 'roc_auc' | 'average_precision' | 'f1' | 'precision' | 'recall';
type Chunk = { readonly chunk: { readonly start_index: number; readonly end_index: number } } & Readonly<
  Record<Metric, { readonly value: number; readonly realized: number }>
>;
interface CbpeCase {
  readonly reference: Rows;
  readonly analysis: Rows;
  readonly expect: {
    readonly analysis: readonly Chunk[];
    readonly needs_calibration: boolean;
    readonly direct_isotonic_all_rows: Readonly<Record<string, number>>;
  };
}

const costs = { falseNegative: 10, falsePositive: 1 };
/** NannyML rounds its cumulative sums to five decimals. */
const NEAR = 1e-6;
/** NannyML takes tied scores one after the other in its estimated average precision, we together, as scikit-learn does. */
const NEAR_WITH_TIES = 1e-5;
const NAMES = [
  ['auc', 'roc_auc'],
  ['averagePrecision', 'average_precision'],
  ['f1', 'f1'],
  ['precision', 'precision'],
  ['recall', 'recall'],
] as const;

testCases<CbpeCase>('cbpe_', ({ reference, analysis, expect: truth }) => {
  const calibrator = truth.needs_calibration
    ? fitIsotonic({ target: reference.y_true, probability: reference.y_pred_proba })
    : ({ method: 'none' } as const);
  const probability = applyCalibrator(calibrator, analysis.y_pred_proba);
  for (const chunk of truth.analysis) {
    const [from, to] = [chunk.chunk.start_index, chunk.chunk.end_index + 1];
    const [score, refused] = [analysis.y_pred_proba.slice(from, to), analysis.y_pred.slice(from, to)];
    const estimated = expectedPerformance({ score, refused, probability: probability.slice(from, to) }, costs);
    const realised = expectedPerformance({ score, refused, probability: analysis.y_true.slice(from, to) }, costs);
    for (const [ours, theirs] of NAMES) {
      const { value, realized } = chunk[theirs];
      const near = theirs === 'average_precision' && new Set(score).size < score.length ? NEAR_WITH_TIES : NEAR;
      expect({ theirs, from, gap: Math.abs(estimated[ours] - value) < near ? 0 : estimated[ours] - value }).toEqual({
        theirs,
        from,
        gap: 0,
      });
      expect({ theirs, from, gap: Math.abs(realised[ours] - realized) < NEAR ? 0 : realised[ours] - realized }).toEqual({
        theirs,
        from,
        gap: 0,
      });
    }
  }
  const direct = truth.direct_isotonic_all_rows;
  const isotonic = applyCalibrator(fitIsotonic({ target: reference.y_true, probability: reference.y_pred_proba }), analysis.y_pred_proba);
  const counts = expectedCounts({ probability: isotonic, refused: analysis.y_pred });
  for (const cell of ['tp', 'fp', 'fn', 'tn'] as const) expect(counts[cell]).toBeCloseTo(direct[cell] ?? Number.NaN, 6);
  const { all } = estimatePerformance({ target: reference.y_true, probability: reference.y_pred_proba }, analysis.y_pred_proba, {
    method: 'isotonic',
    refused: analysis.y_pred,
    costs,
    replicates: 60,
    seed: 1,
  });
  expect(all.costPerLoan.value).toBeCloseTo(direct['cost_per_loan_10fn_1fp'] ?? Number.NaN, 9);
  // The outcomes were drawn without concept drift: what came true lies in the band.
  const realised = direct['realised_cost_per_loan'] ?? Number.NaN;
  expect(realised).toBeGreaterThan(all.costPerLoan.lo);
  expect(realised).toBeLessThan(all.costPerLoan.hi);
});
