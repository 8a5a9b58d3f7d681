import type { Evaluation } from '../../evaluate/evaluation-schema.ts';

const around = (value: number): { value: number; lo: number; hi: number } => ({ value, lo: value * 0.9, hi: value * 1.1 });

/** A thousand applicants, 80 defaults: 50 caught, 30 missed, 150 good ones refused, at costs of 10 and 1. */
export const evaluationExample: Evaluation = {
  rows: 1000,
  positives: 80,
  headline: {
    auc: around(0.76),
    gini: around(0.52),
    ks: around(0.4),
    prAuc: around(0.25),
    logLoss: around(0.24),
    brier: around(0.07),
    ece: around(0.01),
    costPerApplicant: around(0.45),
  },
  baselines: { acceptAll: 0.8, refuseAll: 0.92 },
  threshold: 1 / 11,
  confusion: { tn: 770, fp: 150, fn: 30, tp: 50 },
  approvalRate: 0.8,
  badRateAmongApproved: 0.0375,
  calibration: [
    { count: 500, predicted: 0.03, observed: 0.032 },
    { count: 500, predicted: 0.13, observed: 0.128 },
  ],
  lift: [{ decile: 1, count: 100, positives: 30, rate: 0.3, lift: 3.75 }],
  roc: { x: [0, 1], y: [0, 1] },
  precisionRecall: { x: [0, 1], y: [1, 0.08] },
  costCurve: { x: [0, 1], y: [0.92, 0.8] },
  importance: [
    { feature: 'ext_mean', concept: 'external scores', meanAbsShap: 0.3 },
    { feature: 'loan', concept: 'loan asked for', meanAbsShap: 0.1 },
  ],
  shapAdditivityError: 1e-6,
  fairness: [
    {
      attribute: 'sex',
      groups: [
        {
          group: '<F>',
          rows: 600,
          positives: 40,
          approvalRate: 0.82,
          falsePositiveRate: 0.14,
          truePositiveRate: null,
          meanPredicted: 0.07,
          observedRate: 0.067,
        },
      ],
      adverseImpactRatio: null,
    },
  ],
};
