import { describe, expect } from '@jest/globals';
import { auc } from '../../stages/metrics/auc.ts';
import { brier } from '../../stages/metrics/brier.ts';
import {
  binnedCalibrationError,
  type CalibrationBin,
  equalMassBins,
  equalWidthBins,
  maximumCalibrationError,
} from '../../stages/metrics/calibration-error.ts';
import { confusion } from '../../stages/metrics/confusion.ts';
import { confusionScores, fBeta } from '../../stages/metrics/confusion-scores.ts';
import { businessCost } from '../../stages/metrics/cost.ts';
import { delong } from '../../stages/metrics/delong.ts';
import { ks, ksPoint } from '../../stages/metrics/ks.ts';
import { logLoss } from '../../stages/metrics/log-loss.ts';
import { Z95 } from '../../stages/metrics/normal.ts';
import { prAuc } from '../../stages/metrics/pr-auc.ts';
import { expectNumber, type Recorded, testCases, toNumber } from './decision-cases.ts';

interface RecordedBins {
  readonly bins: readonly { readonly n: number; readonly mean_p: number; readonly rate: number }[];
  readonly ece: Recorded;
  readonly mce?: Recorded;
}

interface ScoreCase {
  readonly y: readonly number[];
  readonly score: readonly number[];
  readonly weight?: readonly number[];
  readonly expect: {
    readonly auc: Recorded;
    readonly average_precision: Recorded;
    readonly brier: Recorded;
    readonly log_loss: Recorded;
    readonly gini?: Recorded;
    readonly ks?: Recorded;
    /** Two-sided. */
    readonly ks_2samp?: Recorded;
    readonly ks_thresholds_all?: readonly Recorded[];
    readonly delong?: {
      readonly auc: Recorded;
      readonly variance: Recorded;
      readonly ci95_logit?: readonly [Recorded, Recorded];
      readonly ci95_wald?: readonly [Recorded, Recorded];
      readonly ci95_wald_clipped?: readonly [Recorded, Recorded];
      readonly se?: Recorded;
    };
    readonly at: readonly {
      readonly threshold: number;
      readonly tn: number;
      readonly fp: number;
      readonly fn: number;
      readonly tp: number;
      readonly business_cost: number;
      readonly precision?: Recorded;
      readonly recall?: Recorded;
      readonly f1?: Recorded;
      readonly f10?: Recorded;
      readonly accuracy?: Recorded;
      readonly balanced_accuracy?: Recorded;
      readonly mcc?: Recorded;
    }[];
    readonly calibration?: Readonly<Record<'equal_width' | 'equal_count', Readonly<Record<string, RecordedBins>>>>;
  };
}

const binMakers = { equal_width: equalWidthBins, equal_count: equalMassBins } as const;

describe('scores against scikit-learn and SciPy', () => {
  testCases<ScoreCase>('score_', ({ y, score, weight, expect: wanted }) => {
    expectNumber(auc(y, score, weight), wanted.auc, 'auc');
    expectNumber(prAuc(y, score, weight), wanted.average_precision, 'average precision');
    expectNumber(brier(y, score, weight), wanted.brier, 'brier');
    expectNumber(logLoss(y, score, weight), wanted.log_loss, 'log-loss');
    if (wanted.gini !== undefined) expectNumber(2 * auc(y, score, weight) - 1, wanted.gini, 'gini');
    if (wanted.ks !== undefined) expectKs(ksPoint(y, score, weight), wanted.ks, wanted.ks_thresholds_all ?? []);
    if (wanted.ks_2samp !== undefined)
      expectNumber(
        Math.max(
          ks(y, score),
          ks(
            y,
            score.map((value) => -value),
          ),
        ),
        wanted.ks_2samp,
        'two-sided ks',
      );
    if (wanted.delong !== undefined && weight === undefined) expectDelong(delong(y, score), wanted.delong);
    for (const at of wanted.at) expectDecisions(y, score, weight, at);
    for (const [kind, byCount] of Object.entries(wanted.calibration ?? {})) {
      for (const [bins, recorded] of Object.entries(byCount)) {
        const make = kind === 'equal_width' ? binMakers.equal_width : binMakers.equal_count;
        expectBins(make(y, score, Number(bins)), recorded, `${kind} ${bins}`);
      }
    }
  });
});

function expectKs(found: { readonly ks: number; readonly threshold: number }, ks: Recorded, thresholds: readonly Recorded[]): void {
  expectNumber(found.ks, ks, 'ks');
  expect(thresholds.map(toNumber)).toContain(found.threshold);
}

function expectDelong(found: ReturnType<typeof delong>, wanted: NonNullable<ScoreCase['expect']['delong']>): void {
  expectNumber(found.auc, wanted.auc, 'delong auc');
  expectNumber(found.variance, wanted.variance, 'delong variance');
  if (wanted.se !== undefined) expectNumber(Math.sqrt(found.variance), wanted.se, 'delong standard error');
  if (wanted.ci95_wald_clipped !== undefined) {
    const half = Z95 * Math.sqrt(found.variance);
    expectNumber(Math.max(0, found.auc - half), wanted.ci95_wald_clipped[0], 'delong clipped lo');
    expectNumber(Math.min(1, found.auc + half), wanted.ci95_wald_clipped[1], 'delong clipped hi');
  }
  if (wanted.ci95_wald !== undefined) {
    const half = Z95 * Math.sqrt(found.variance);
    expectNumber(found.auc - half, wanted.ci95_wald[0], 'delong plain lo');
    expectNumber(found.auc + half, wanted.ci95_wald[1], 'delong plain hi');
  }
  if (wanted.ci95_logit === undefined) return;
  expectNumber(found.lo, wanted.ci95_logit[0], 'delong lo');
  expectNumber(found.hi, wanted.ci95_logit[1], 'delong hi');
}

function expectDecisions(
  y: readonly number[],
  score: readonly number[],
  weight: readonly number[] | undefined,
  at: ScoreCase['expect']['at'][number],
): void {
  const found = confusion(y, score, at.threshold, weight);
  for (const cell of ['tn', 'fp', 'fn', 'tp'] as const) expectNumber(found[cell], at[cell], `${cell} at ${at.threshold}`);
  expectNumber(businessCost(found, { falseNegative: 10, falsePositive: 1 }), at.business_cost, `cost at ${at.threshold}`);
  const scores = confusionScores(found);
  const recorded = {
    precision: [scores.precision, at.precision],
    recall: [scores.recall, at.recall],
    f1: [scores.f1, at.f1],
    // Recall counts ten times in the sum: β² = 10.
    f10: [fBeta(found, Math.sqrt(10)), at.f10],
    accuracy: [scores.accuracy, at.accuracy],
    balanced_accuracy: [scores.balancedAccuracy, at.balanced_accuracy],
    mcc: [scores.mcc, at.mcc],
  } as const;
  for (const [name, [value, wanted]] of Object.entries(recorded))
    if (wanted !== undefined) expectNumber(value, wanted, `${name} at ${at.threshold}`);
}

function expectBins(found: readonly CalibrationBin[], recorded: RecordedBins, what: string): void {
  const filled = recorded.bins.filter(({ n }) => n > 0);
  expect(found.map(({ count }) => count)).toEqual(filled.map(({ n }) => n));
  filled.forEach((bin, at) => {
    expectNumber(found[at]?.predicted ?? Number.NaN, bin.mean_p, `${what}, bin ${at}, predicted`);
    expectNumber(found[at]?.observed ?? Number.NaN, bin.rate, `${what}, bin ${at}, observed`);
  });
  expectNumber(binnedCalibrationError(found), recorded.ece, `${what}, ece`);
  if (recorded.mce !== undefined) expectNumber(maximumCalibrationError(found), recorded.mce, `${what}, mce`);
}
