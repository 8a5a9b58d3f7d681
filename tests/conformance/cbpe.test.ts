import { expect } from '@jest/globals';
import { applyCalibrator } from '../../stages/calibrate/apply-calibrator.ts';
import { fitIsotonic } from '../../stages/calibrate/fit-isotonic.ts';
import { estimatePerformance } from '../../stages/drift/estimate/estimate-performance.ts';
import { expectedCounts, expectedPerformance, rankOf } from '../../stages/drift/estimate/expected-performance.ts';
import { mergeSorted } from '../../stages/drift/scan/merge-sorted.ts';
import { type NumericTable, numericTable } from '../../stages/drift/maths/distinct-table.ts';
import { cdfDistance } from '../../stages/drift/maths/tests/cdf-distance.ts';
import { smirnovDistance } from '../../stages/drift/maths/tests/kolmogorov-smirnov.ts';
import { testCases } from './decision-cases.ts';

interface Rows {
  readonly x1?: readonly number[];
  readonly x2?: readonly number[];
  readonly y_pred_proba: readonly number[];
  readonly y_pred: readonly number[];
  readonly y_true: readonly number[];
}
type Metric = 'roc_auc' | 'average_precision' | 'f1' | 'precision' | 'recall';
type Count = 'true_positive' | 'false_positive' | 'false_negative' | 'true_negative';
interface Bounds {
  readonly start_index: number;
  readonly end_index: number;
}
interface Figure {
  readonly value: number;
  readonly realized: number;
}
type Chunk = { readonly chunk: Bounds } & Readonly<Record<Metric, Figure>> &
  Readonly<Partial<Record<Count | 'specificity' | 'accuracy' | 'business_value', Figure>>>;
/** Keys such as x1/kolmogorov_smirnov, beside the chunk. */
type Univariate = { readonly 'chunk/chunk': Bounds } & Readonly<Record<string, { readonly value?: number } | Bounds>>;
interface CbpeCase {
  readonly reference: Rows;
  readonly analysis: Rows;
  readonly expect: {
    readonly analysis: readonly Chunk[];
    /** The reference's own chunks. */
    readonly reference?: readonly Chunk[];
    readonly univariate_analysis?: readonly Univariate[];
    readonly needs_calibration: boolean;
    readonly direct_isotonic_all_rows: Readonly<Record<string, number>>;
  };
}

const costs = { falseNegative: 10, falsePositive: 1 };
/** NannyML rounds its cumulative sums to five decimals. */
const NEAR = 1e-6;
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
  for (const chunk of truth.analysis) expectChunk(analysis, probability, chunk);
  for (const chunk of truth.reference ?? []) expectChunk(reference, applyCalibrator(calibrator, reference.y_pred_proba), chunk);
  for (const found of truth.univariate_analysis ?? []) expectDistances({ reference, analysis }, found);
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

/** Estimated and realised figures of one chunk, and the counts that they rest on. */
function expectChunk(rows: Rows, probability: ArrayLike<number>, chunk: Chunk): void {
  const [from, to] = [chunk.chunk.start_index, chunk.chunk.end_index + 1];
  const [score, refused] = [rows.y_pred_proba.slice(from, to), rows.y_pred.slice(from, to)];
  const outcomes = [
    ['value', Array.from(probability).slice(from, to)],
    ['realized', rows.y_true.slice(from, to)],
  ] as const;
  for (const [kind, outcome] of outcomes) {
    const figures = expectedPerformance({ score, refused, probability: outcome }, costs);
    const { tp, fp, fn, tn } = expectedCounts({ refused, probability: outcome });
    for (const [ours, theirs] of NAMES) {
      // NannyML's estimate takes tied scores one after the other, ours together, as scikit-learn and NannyML's realised one do.
      const oneByOne = kind === 'value' && theirs === 'average_precision';
      const found = oneByOne ? expectedPerformance({ score: untied(score), refused, probability: outcome }, costs)[ours] : figures[ours];
      expectNear(found, chunk[theirs][kind], `${theirs}, ${kind}, from ${from}`);
    }
    const counted = {
      true_positive: tp,
      false_positive: fp,
      false_negative: fn,
      true_negative: tn,
      specificity: tn / (tn + fp),
      accuracy: (tp + tn) / (tp + fp + fn + tn),
      // Its matrix: −1 for a payer refused, −10 for a default granted.
      business_value: -figures.costPerLoan * (to - from),
    };
    for (const [name, value] of Object.entries(counted)) {
      const recorded = Object.entries(chunk).find(([key]) => key === name)?.[1];
      if (recorded !== undefined && 'realized' in recorded) expectNear(value, recorded[kind], `${name}, ${kind}, from ${from}`);
    }
  }
}

/** Scores of the same order, of which no two are equal. */
function untied(score: readonly number[]): readonly number[] {
  const places = new Map([...rankOf(score)].map((row, at) => [row, at]));
  return score.map((_, row) => -(places.get(row) ?? 0));
}

/** Of its four distances, the two that need no bins: its Jensen–Shannon and Hellinger distances rest on bins of its own. */
function expectDistances({ reference, analysis }: { readonly reference: Rows; readonly analysis: Rows }, found: Univariate): void {
  const { start_index: from, end_index: end } = found['chunk/chunk'];
  for (const name of ['x1', 'x2'] as const) {
    const table = tableOf(reference[name] ?? [], (analysis[name] ?? []).slice(from, end + 1));
    const distances = { kolmogorov_smirnov: smirnovDistance(table), wasserstein: cdfDistance(table, 1) };
    for (const [method, value] of Object.entries(distances)) {
      const recorded = found[`${name}/${method}`];
      if (recorded !== undefined && 'value' in recorded)
        expectNear(value, recorded.value ?? Number.NaN, `${name}, ${method}, from ${from}`);
    }
  }
}

function tableOf(reference: readonly number[], current: readonly number[]): NumericTable {
  const [left, right] = [reference, current].map((side) => Float64Array.from(side).toSorted());
  const { values, ...sides } = mergeSorted(left ?? new Float64Array(), right ?? new Float64Array());
  return numericTable(values, sides);
}

function expectNear(actual: number, wanted: number, what: string): void {
  expect({ what, value: Math.abs(actual - wanted) < NEAR ? wanted : actual }).toEqual({ what, value: wanted });
}
