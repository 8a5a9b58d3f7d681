import type { DriftColumn, DriftResult } from '../drift-schema.ts';

const figure = (value: number, half: number) => ({ value, lo: value - half, hi: value + half });
const population = (rows: number, costPerLoan: number) => ({
  rows,
  auc: figure(0.75, 0.02),
  averagePrecision: figure(0.2, 0.02),
  precision: figure(0.18, 0.02),
  recall: figure(0.6, 0.05),
  f1: figure(0.27, 0.03),
  defaultRate: figure(0.08, 0.006),
  costPerLoan: figure(costPerLoan, 0.04),
});

export function columnExample(name: string, over: Partial<DriftColumn> = {}): DriftColumn {
  return {
    name,
    type: 'num',
    missing: { reference: 0.1, current: 0.1 },
    evidently: { test: 'wasserstein', score: 0.02, threshold: 0.1, drifted: false },
    chance: 0.01,
    psi: 0.01,
    stability: {
      missingPart: 0,
      valuePart: 0.01,
      bins: 10,
      expected: 0.001,
      critical: 0.002,
      excess: 0.009,
      p: 0.2,
      pAdjusted: 0.5,
      unseen: null,
      vanished: null,
    },
    histogram: { labels: ['below 1.5', '1.5 and above', 'missing'], reference: [0.5, 0.4, 0.1], current: [0.45, 0.45, 0.1] },
    skipReason: null,
    ...over,
  };
}

type Group = NonNullable<DriftResult['segments']>[number]['groups'][number];

export function segmentGroup(group: string, rows: number, over: Partial<Group> = {}): Group {
  const side = { rows, meanPd: 0.08, approvalRate: 0.74 };
  return {
    group,
    reference: side,
    current: { ...side, approvalRate: 0.735 },
    psi: 0.02,
    psiP: 0.4,
    approvalShift: -0.005,
    beyondAll: 0.005,
    z: 0.3,
    ...over,
  };
}

/** A comparison in which everything is known and nothing has moved; not judged yet. */
export function driftExample(over: Partial<DriftResult> = {}): DriftResult {
  return {
    schema: 'drift/1',
    reference: { name: 'application_train', rows: 5000, sha256: 'a'.repeat(64) },
    current: { name: 'application_test', rows: 4000, sha256: 'b'.repeat(64) },
    verdict: { status: 'ok', reasons: [] },
    evidently: {
      mode: '0.7',
      driftShare: 0.5,
      numberOfColumns: 2,
      numberOfDriftedColumns: 0,
      shareOfDriftedColumns: 0,
      datasetDrift: false,
    },
    columns: [
      columnExample('INCOME'),
      columnExample('LEVEL', {
        type: 'cat',
        histogram: { labels: ['élevé', '12 others', 'missing'], reference: [0.5, 0.4, 0.1], current: [0.45, 0.45, 0.1] },
      }),
    ],
    score: {
      psi: 0.02,
      psiP: 0.3,
      bands: [
        { from: null, to: 0.05, reference: 0.5, current: 0.49, contribution: 0.0002, expectedDefaultRate: 0.03 },
        { from: 0.05, to: null, reference: 0.5, current: 0.51, contribution: 0.0002, expectedDefaultRate: 0.13 },
      ],
      meanPdReference: 0.08,
      meanPdCurrent: 0.081,
      approvalRateReference: 0.74,
      approvalRateCurrent: 0.73,
    },
    estimate: {
      threshold: 0.0909,
      costs: { falseNegative: 10, falsePositive: 1 },
      calibration: 'platt',
      reference: { rows: 4000, auc: 0.75, defaultRate: 0.08, costPerLoan: 0.5, costStandardError: 0.02 },
      confidenceBased: { all: population(4000, 0.5), approved: population(3000, 0.4), rejected: population(1000, 0.8) },
      weighted: { all: population(4000, 0.51), approved: population(3000, 0.41), rejected: population(1000, 0.81) },
      effectiveSampleSize: 1500,
      usual: { chunks: 10, rows: 400, auc: { lo: 0.66, hi: 0.84 }, defaultRate: { lo: 0.04, hi: 0.12 }, costPerLoan: { lo: 0.3, hi: 0.7 } },
      swapSet: {
        threshold: 0.0909,
        swappedIn: { rows: 0, from: null, to: null, expectedDefaultRate: null },
        swappedOut: { rows: 120, from: 0.085, to: 0.091, expectedDefaultRate: 0.094 },
        costChange: -0.002,
      },
    },
    shift: {
      rows: { reference: 1000, current: 1000 },
      delta: 0.02,
      se: 0.04,
      concepts: [
        { name: 'external scores', delta: 0.03, lo: 0.01, hi: 0.05 },
        { name: 'income', delta: -0.01, lo: -0.02, hi: 0 },
      ],
      features: [{ name: 'ext_mean', delta: 0.03, lo: 0.01, hi: 0.05 }],
      sumError: 1e-9,
    },
    importance: {
      weightedDrift: 0.01,
      coverage: 0.95,
      features: [{ feature: 'ext_mean', concept: 'external scores', rank: 1, importance: 0.2, psi: 0.02, excess: 0.01, p: 0.1 }],
    },
    joint: {
      rows: { reference: 4000, current: 4000 },
      domainAuc: { value: 0.51, lo: 0.49, hi: 0.53 },
      top: [{ feature: 'ext_mean', strength: 0.1 }],
      reconstruction: { features: 100, components: 20, reference: 5.8, current: 5.81, rise: 0.002, z: 0.3 },
    },
    realised: null,
    segments: [
      {
        attribute: 'sex',
        isProtected: true,
        groups: [
          segmentGroup('F', 2600),
          segmentGroup('M', 1300),
          segmentGroup('unknown', 20, { psi: null, psiP: null, approvalShift: null, beyondAll: null, z: null }),
        ],
      },
      { attribute: 'age', isProtected: true, groups: [segmentGroup('25 to 34', 1000), segmentGroup('62 and over', 400)] },
      { attribute: 'loan', isProtected: false, groups: [segmentGroup('Cash loans', 3000), segmentGroup('others', 900)] },
    ],
    unknown: {},
    ...over,
  };
}
