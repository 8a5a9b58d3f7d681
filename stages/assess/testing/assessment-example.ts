import type { Assessment } from '../assessment-schema.ts';

const zero = { value: 0, lo: 0, hi: 0 };

/** An assessment with nothing in it, for tests of those who read a part. */
export const assessmentExample: Assessment = {
  rows: 1000,
  positives: 80,
  threshold: 1 / 11,
  ranking: { hMeasure: zero, belief: { alpha: 2, beta: 2 }, expectedMaximumProfit: zero, profitRefusedShare: 0, maximumProfit: 0 },
  brier: { brier: 0, reliability: 0, resolution: 0, uncertainty: 0, withinBins: 0 },
  decisions: { precision: 0, recall: 0, f1: 0, accuracy: 0, balancedAccuracy: 0, mcc: 0 },
  gains: { x: [], y: [] },
  profit: {
    payoffs: { trueNegative: 1, falsePositive: 0, falseNegative: -10, truePositive: 0 },
    perApplicant: zero,
    grantAll: 0,
    refuseAll: 0,
    curve: { x: [], y: [] },
  },
  loans: null,
  decisionCurve: [],
  slices: [],
  time: null,
  fairness: {
    profile: 'eu',
    about: '',
    binding: false,
    minImpactRatio: 0.8,
    groupThresholds: 'unlawful',
    attributes: [],
    breaches: [],
    curves: [],
    withProhibited: null,
  },
  learning: [],
};
