import { describe, expect } from '@jest/globals';
import {
  adverseImpactRatio,
  gapToOverall,
  type GroupDecisions,
  groupDecisions,
  overallDecisions,
  rateGap,
  rateRatio,
} from '../../stages/metrics/fairness.ts';
import { expectNumber, type Recorded, testCases } from './decision-cases.ts';

type Rate = 'selection_rate' | 'tpr' | 'fpr';

interface GroupTruth {
  readonly overall: Readonly<Record<Rate, number>>;
  readonly by_group: Readonly<Record<Rate, Readonly<Record<string, number>>>>;
  readonly difference_between: Readonly<Record<Rate, Recorded>>;
  readonly difference_to_overall: Readonly<Record<Rate, Recorded>>;
  readonly ratio_between: Readonly<Record<Rate, Recorded>>;
  readonly demographic_parity_difference: Recorded;
  readonly demographic_parity_ratio: Recorded;
  readonly equalized_odds_difference: Recorded;
  readonly equalized_odds_ratio: Recorded;
  readonly four_fifths_pass: boolean;
}

interface FairnessCase {
  readonly y_default: readonly number[];
  readonly score: readonly number[];
  readonly group: readonly string[];
  readonly weight: readonly number[];
  readonly threshold: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly expect: Readonly<Record<'reject' | 'accept' | 'reject_weighted', GroupTruth>>;
}

const RATES = ['selection_rate', 'tpr', 'fpr'] as const;

/** Refusal as the positive prediction, as the recorded 'reject'. */
const refusals: Readonly<Record<Rate, (found: GroupDecisions) => number | null>> = {
  selection_rate: ({ approvalRate }) => 1 - approvalRate,
  tpr: ({ truePositiveRate }) => truePositiveRate,
  fpr: ({ falsePositiveRate }) => falsePositiveRate,
};

/** Approval as the positive prediction and repayment as the positive label, as the recorded 'accept'. */
const approvals: Readonly<Record<Rate, (found: GroupDecisions) => number | null>> = {
  selection_rate: ({ approvalRate }) => approvalRate,
  tpr: ({ falsePositiveRate }) => (falsePositiveRate === null ? null : 1 - falsePositiveRate),
  fpr: ({ truePositiveRate }) => (truePositiveRate === null ? null : 1 - truePositiveRate),
};

describe('group decisions against fairlearn', () => {
  testCases<FairnessCase>('fairness_', ({ y_default: target, score: probability, group, weight, threshold, counts, expect: wanted }) => {
    const plain = groupDecisions({ target, probability }, group, threshold);
    expect(plain.map((found) => [found.group, found.tn + found.fp + found.fn + found.tp])).toEqual(
      Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
    const overall = overallDecisions({ target, probability }, threshold);
    expectTruth(plain, overall, { truth: wanted.reject, read: refusals });
    expectTruth(plain, overall, { truth: wanted.accept, read: approvals });
    const rows = { target, probability, weight };
    expectTruth(groupDecisions(rows, group, threshold), overallDecisions(rows, threshold), {
      truth: wanted.reject_weighted,
      read: refusals,
    });
    const ratio = adverseImpactRatio(plain);
    expectNumber(
      ratio ?? (plain.length < 2 ? 1 : Number.NaN),
      wanted.accept.ratio_between.selection_rate,
      'adverse impact ratio on approvals',
    );
    expect((ratio ?? (plain.length < 2 ? 1 : 0)) >= 0.8).toBe(wanted.accept.four_fifths_pass);
  });
});

interface Reading {
  readonly truth: GroupTruth;
  readonly read: typeof refusals;
}

function expectTruth(groups: readonly GroupDecisions[], overall: GroupDecisions, { truth, read }: Reading): void {
  const found = Object.fromEntries(RATES.map((rate) => [rate, ratesOf(groups, overall, { truth, read }, rate)]));
  const at = (rate: Rate): ReturnType<typeof ratesOf> => found[rate] ?? { gap: Number.NaN, ratio: Number.NaN };
  expectNumber(at('selection_rate').gap, truth.demographic_parity_difference, 'demographic parity difference');
  expectNumber(at('selection_rate').ratio, truth.demographic_parity_ratio, 'demographic parity ratio');
  expectNumber(Math.max(at('tpr').gap, at('fpr').gap), truth.equalized_odds_difference, 'equalized odds difference');
  expectNumber(Math.min(at('tpr').ratio, at('fpr').ratio), truth.equalized_odds_ratio, 'equalized odds ratio');
}

/** One rate by group, overall and between groups; fairlearn's 0 for a rate that nobody is there for stands for our null. */
function ratesOf(
  groups: readonly GroupDecisions[],
  overall: GroupDecisions,
  { truth, read }: Reading,
  rate: Rate,
): { readonly gap: number; readonly ratio: number } {
  const rates = groups.map((group) => read[rate](group) ?? 0);
  groups.forEach(({ group }, at) => expectNumber(rates[at] ?? Number.NaN, truth.by_group[rate][group] ?? Number.NaN, `${group}, ${rate}`));
  const all = read[rate](overall) ?? 0;
  expectNumber(all, truth.overall[rate], `all, ${rate}`);
  // fairlearn: 1 for a single group, 0 / 0 where all rates are 0; both are null here.
  const [gap, ratio] = [rateGap(rates) ?? 0, rateRatio(rates) ?? (rates.length < 2 ? 1 : Number.NaN)];
  expectNumber(gap, truth.difference_between[rate], `${rate}, difference between groups`);
  expectNumber(ratio, truth.ratio_between[rate], `${rate}, ratio between groups`);
  expectNumber(gapToOverall(rates, all) ?? 0, truth.difference_to_overall[rate], `${rate}, difference to overall`);
  return { gap, ratio };
}
