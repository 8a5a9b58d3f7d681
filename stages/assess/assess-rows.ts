import type { MetricPoint } from '../../pipeline/index.ts';
import type { Economics } from '../calibrate/economics-schema.ts';
import type { Decision } from '../calibrate/stage.ts';
import { brierDecomposition } from '../metrics/brier-decomposition.ts';
import { confusion } from '../metrics/confusion.ts';
import { confusionScores } from '../metrics/confusion-scores.ts';
import { type Costs, costsOf } from '../metrics/cost.ts';
import { gainsCurve } from '../metrics/gains.ts';
import type { LoanEconomics, LoanTerms } from '../metrics/loan-costs.ts';
import { thinCurve } from '../metrics/thin-curve.ts';
import type { Assessment } from './assessment-schema.ts';
import { costOfFairness } from './fairness/cost-of-fairness.ts';
import type { Jurisdiction } from './fairness/jurisdiction.ts';
import { measureFairness } from './fairness/measure-fairness.ts';
import type { ProhibitedDecisions } from './fairness/prohibited-decisions.ts';
import { learningCurve, withProhibited } from './from-training.ts';
import type { Groups } from './groups/read-groups.ts';
import type { JudgedRows } from './judged-rows.ts';
import { measureSlices } from './slices.ts';
import { type GroupTallies, tallyGroups } from './tally.ts';
import { measureTime } from './time-bands.ts';
import { decisionCurve } from './worth/decision-curve.ts';
import { measureLoans } from './worth/measure-loans.ts';
import { measureProfit } from './worth/profit.ts';
import { measureRanking } from './worth/ranking.ts';

const CURVE_POINTS = 201;

export interface AssessOptions {
  readonly groups: Groups;
  readonly loans: readonly (LoanTerms | null)[] | null;
  /** Later is larger, NaN unknown; see readTimeProxy. */
  readonly timeProxy: Float64Array | null;
  readonly decision: Decision;
  readonly economics: Economics;
  readonly jurisdiction: Jurisdiction;
  readonly trainMetrics: readonly MetricPoint[];
  readonly prohibited: ProhibitedDecisions | null;
  readonly params: LoanEconomics & { readonly bootstrap: number; readonly seed: number; readonly interestRate: number };
  readonly onReplicate: (done: number) => void;
}

/** All findings on the judged rows. */
export function assessRows(rows: JudgedRows, options: AssessOptions): Assessment {
  const { decision, economics, params, groups } = options;
  const { threshold } = decision;
  const costs = costsOf(decision);
  const resampling = { replicates: params.bootstrap, seed: params.seed };
  const tallies = tallyGroups(rows, groups, { ...resampling, onReplicate: options.onReplicate });
  const counts = confusion(rows.target, rows.calibrated, threshold);
  const { x, y } = thinCurve(gainsCurve(rows.target, rows.probability), CURVE_POINTS);
  return {
    rows: rows.target.length,
    positives: counts.tp + counts.fn,
    threshold,
    ranking: measureRanking(rows, resampling),
    brier: brierDecomposition(rows.target, rows.calibrated),
    decisions: confusionScores(counts),
    gains: { x: [...x], y: [...y] },
    profit: measureProfit(rows, { ...resampling, payoffs: economics.payoffs, threshold }),
    loans: measureLoans(rows, options.loans, { ...params, ...resampling, baseRate: economics.baseRate }),
    decisionCurve: decisionCurve(rows, { ...resampling, threshold }),
    slices: measureSlices(rows, groups, tallies, costs),
    time: measureTime(rows, options.timeProxy, { costs, threshold }),
    fairness: fairnessOf(rows, { ...options, tallies, costs }),
    learning: learningCurve(options.trainMetrics),
  };
}

function fairnessOf(
  rows: JudgedRows,
  {
    jurisdiction,
    groups,
    trainMetrics,
    prohibited,
    tallies,
    costs,
  }: AssessOptions & { readonly tallies: readonly GroupTallies[]; readonly costs: Costs },
): Assessment['fairness'] {
  const { profile, rules } = jurisdiction;
  const attributes = measureFairness(tallies, jurisdiction);
  return {
    profile,
    about: rules.about,
    binding: rules.binding,
    minImpactRatio: rules.minImpactRatio,
    groupThresholds: rules.groupThresholds,
    attributes,
    breaches: rules.binding ? attributes.filter(({ belowLimit }) => belowLimit === 'surely').map(({ attribute }) => attribute) : [],
    curves: attributes
      .map(({ attribute }) => costOfFairness(rows, { attribute, group: groups[attribute] ?? [], minRows: rules.minRows, costs }))
      .filter((curve) => curve !== null),
    withProhibited: withProhibited(trainMetrics, prohibited),
  };
}
