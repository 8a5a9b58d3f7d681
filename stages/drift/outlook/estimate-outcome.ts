import type { FloatMatrix } from '../../../pipeline/index.ts';
import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import type { Calibrator, Decision } from '../../calibrate/stage.ts';
import { densityRatio, effectiveSampleSize } from '../estimate/effective-sample-size.ts';
import { type Estimate, estimatePerformance, type Figure, type OutOfFold, type Population } from '../estimate/estimate-performance.ts';
import { expectedPerformance } from '../estimate/expected-performance.ts';
import { domainClassifier } from '../joint/domain-classifier.ts';
import { everyFewRows } from './every-few-rows.ts';
import type { EstimatedPopulations, EstimateResult, JointResult } from './outlook-schema.ts';
import { ENOUGH_ROWS, type Labelled } from './read-labelled.ts';

/** Fewer rows than this in either part and nothing is said of what is to come. */
const LEAST_ROWS = 50;
const REPLICATES = 100;
const SEED = 21;

export interface LookAhead {
  readonly labelled: Labelled;
  readonly current: { readonly features: FloatMatrix; readonly probability: ArrayLike<number> };
  readonly calibrator: Calibrator;
  readonly decision: Decision;
  readonly threads: number;
  readonly projectDir: string;
}

export interface Outlook {
  readonly estimate: EstimateResult | null;
  readonly joint: JointResult | null;
}

/** What the labelled rows say of the current ones: can they be told apart, and what will the decisions on them cost. */
export function lookAhead(given: LookAhead): Outlook {
  const { labelled, current, calibrator, decision } = given;
  const isKnown = labelled.target.length >= LEAST_ROWS && current.probability.length >= LEAST_ROWS;
  if (!isKnown || new Set(Array.from(labelled.target)).size < 2) return { estimate: null, joint: null };
  const features = everyFewRows(current.features, ENOUGH_ROWS);
  const domain = domainClassifier({ reference: labelled.features, current: features }, { ...given, seed: SEED });
  const rows = { reference: labelled.features.rows, current: features.rows };
  const weight = densityRatio(domain.referenceProbability, rows);
  const decide = (probability: ArrayLike<number>): Uint8Array =>
    Uint8Array.from(applyCalibrator(calibrator, probability), (p) => (p >= decision.threshold ? 1 : 0));
  const costs = { falseNegative: decision.costFalseNegative, falsePositive: decision.costFalsePositive };
  const options = { method: calibrator.method, refused: decide(current.probability), costs, replicates: REPLICATES, seed: SEED };
  const of = (reference: OutOfFold): EstimatedPopulations => plain(estimatePerformance(reference, current.probability, options));
  const { target, probability } = labelled;
  const before = expectedPerformance({ score: probability, probability: target, refused: decide(probability) }, costs);
  return {
    estimate: {
      threshold: decision.threshold,
      costs,
      calibration: calibrator.method,
      reference: {
        rows: target.length,
        auc: finite(before.auc),
        defaultRate: finite(before.defaultRate),
        costPerLoan: finite(before.costPerLoan),
      },
      confidenceBased: of({ target, probability }),
      // Without a calibration to fit there is nothing for weights to change.
      weighted: calibrator.method === 'none' ? null : of({ target, probability, weight }),
      effectiveSampleSize: effectiveSampleSize(weight),
    },
    joint: {
      rows,
      domainAuc: { value: finite(domain.auc.value), lo: finite(domain.auc.lo), hi: finite(domain.auc.hi) },
      top: [...domain.top],
    },
  };
}

function plain(estimates: Readonly<Record<Population, Estimate>>): EstimatedPopulations {
  const one = ({ rows, ...figures }: Estimate): EstimatedPopulations['all'] => ({
    rows,
    auc: known(figures.auc),
    averagePrecision: known(figures.averagePrecision),
    precision: known(figures.precision),
    recall: known(figures.recall),
    f1: known(figures.f1),
    defaultRate: known(figures.defaultRate),
    costPerLoan: known(figures.costPerLoan),
  });
  return { all: one(estimates.all), approved: one(estimates.approved), rejected: one(estimates.rejected) };
}

function known({ value, lo, hi }: Figure): EstimatedPopulations['all']['auc'] {
  return { value: finite(value), lo: finite(lo), hi: finite(hi) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
