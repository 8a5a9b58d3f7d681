import { describe, expect } from '@jest/globals';
import { adverseImpactRatio, groupDecisions, rateGap } from '../../stages/metrics/fairness.ts';
import { expectNumber, testCases } from './decision-cases.ts';

interface GroupTruth {
  readonly by_group: Readonly<Record<'selection_rate' | 'tpr' | 'fpr', Readonly<Record<string, number>>>>;
  readonly difference_between: { readonly fpr: number; readonly tpr: number };
  readonly ratio_between: { readonly selection_rate: number };
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

describe('group decisions against fairlearn', () => {
  testCases<FairnessCase>('fairness_', ({ y_default: target, score: probability, group, weight, threshold, counts, expect: wanted }) => {
    const plain = groupDecisions({ target, probability }, group, threshold);
    expect(plain.map((found) => [found.group, found.tn + found.fp + found.fn + found.tp])).toEqual(
      Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
    expectRates(plain, wanted.reject);
    expectRates(groupDecisions({ target, probability, weight }, group, threshold), wanted.reject_weighted);
    expectNumber(adverseImpactRatio(plain) ?? Number.NaN, wanted.accept.ratio_between.selection_rate, 'adverse impact ratio on approvals');
    expectNumber(
      rateGap(plain.map((found) => found.falsePositiveRate)) ?? Number.NaN,
      wanted.reject.difference_between.fpr,
      'gap of the false positive rates',
    );
    // fairlearn counts a group without defaulters as 0; here it is left out of the gap.
    if (plain.every(({ truePositiveRate }) => truePositiveRate !== null)) {
      expectNumber(
        rateGap(plain.map((found) => found.truePositiveRate)) ?? Number.NaN,
        wanted.reject.difference_between.tpr,
        'gap of the true positive rates',
      );
    }
  });
});

function expectRates(found: ReturnType<typeof groupDecisions>, { by_group: rates }: GroupTruth): void {
  for (const { group, approvalRate, truePositiveRate, falsePositiveRate, tp, fn } of found) {
    expectNumber(1 - approvalRate, rates.selection_rate[group] ?? Number.NaN, `${group}, refusal rate`);
    expectNumber(falsePositiveRate ?? 0, rates.fpr[group] ?? Number.NaN, `${group}, false positive rate`);
    if (tp + fn === 0) expect(truePositiveRate).toBeNull();
    else expectNumber(truePositiveRate ?? Number.NaN, rates.tpr[group] ?? Number.NaN, `${group}, true positive rate`);
  }
}
