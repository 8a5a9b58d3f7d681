import { applyCalibrator } from '../../calibrate/apply-calibrator.ts';
import type { CalibrationMethod } from '../../calibrate/fit-calibrator.ts';
import type { Calibrator } from '../../calibrate/stage.ts';
import type { Costs } from '../../metrics/cost.ts';
import { delong } from '../../metrics/delong.ts';
import { Z95 } from '../../metrics/normal.ts';
import { estimatePerformance, type OutOfFold } from '../estimate/estimate-performance.ts';
import { expectedPerformance } from '../estimate/expected-performance.ts';
import { methodHeldTo } from '../estimate/is-contradicted.ts';
import type { HistoryEntry } from '../history-schema.ts';
import { BEYOND_CHANCE_Z } from '../limits.ts';
import { pickRows, rowsWhere } from '../../metrics/picked-rows.ts';
import { costStandardError, enoughOf, RESAMPLING } from '../outlook/estimate-outcome.ts';
import { finiteFigure } from '../outlook/finite-or-null.ts';
import type { EstimateResult, FigureResult, RealisedResult } from '../outlook/outlook-schema.ts';

/** With fewer outcomes than this, or a class without any, nothing is said of them. */
const LEAST_OUTCOMES = 50;
/** What the history expected of a whole batch is held against its outcomes only where this share of rows has one. */
const WHOLE = 0.95;

export interface Outcomes {
  /** One a current row: 1 for default, 0 for repaid, NaN where it is not known yet. */
  readonly target: ArrayLike<number>;
  /** The model's own probability; NaN where there is none. */
  readonly probability: ArrayLike<number>;
  readonly labelled: OutOfFold;
  readonly calibrator: Calibrator;
  /** How the labelled rows are calibrated for the estimate; the calibrator's own method where absent. */
  readonly method?: CalibrationMethod;
  readonly threshold: number;
  readonly costs: Costs;
  /** What was expected when the batch came first. */
  readonly entry: HistoryEntry | null;
  /** The estimate for all scored rows, which is that for the rows with an outcome where all have one. */
  readonly estimate?: Pick<EstimateResult, 'confidenceBased'> | null;
}

/**
 * What the decisions came to, beside what was expected of the same rows before their outcomes: within chance only the applicants
 * can have changed, beyond it they default otherwise than applicants with these scores did (concept drift). Null until there are
 * {@link LEAST_OUTCOMES} outcomes of both kinds. The outcomes that are there should be ripe ones: early ones are defaults.
 */
export function realisedPerformance(given: Outcomes): RealisedResult | null {
  const { target, probability, costs } = given;
  const scored = rowsWhere(target.length, (row) => Number.isFinite(probability[row]));
  const rows = scored.filter((row) => Number.isFinite(target[row]));
  const own = { target: pickRows(target, rows), score: pickRows(probability, rows) };
  const defaults = own.target.reduce((sum, value) => sum + value, 0);
  if (rows.length < LEAST_OUTCOMES || defaults === 0 || defaults === rows.length) return null;
  const decide = (of: Float64Array): Uint8Array =>
    Uint8Array.from(applyCalibrator(given.calibrator, of), (p) => (p >= given.threshold ? 1 : 0));
  const refused = decide(own.score);
  const came = expectedPerformance({ score: own.score, probability: own.target, refused }, costs);
  const expected = expectation(given, { rows, of: scored.length, score: own.score, refused });
  const { auc, lo, hi } = delong(own.target, own.score);
  const rate = figure(came.defaultRate, Math.sqrt((came.defaultRate * (1 - came.defaultRate)) / rows.length));
  const cost = figure(came.costPerLoan, costStandardError({ target: own.target, refused }, costs));
  return {
    rows: rows.length,
    unlabelled: scored.length - rows.length,
    auc: finiteFigure({ value: auc, lo, hi }),
    defaultRate: rate,
    costPerLoan: cost,
    expected,
    z: distance(came.costPerLoan, expected.costPerLoan),
    bounds: boundsOf(given, scored, decide),
    // Whether the applicants have changed is known only once the columns are.
    drift: isOutside(rate, expected.defaultRate) || isOutside(cost, expected.costPerLoan) ? 'concept' : 'none',
  };
}

interface OwnRows {
  readonly rows: Uint32Array;
  readonly of: number;
  readonly score: Float64Array;
  readonly refused: Uint8Array;
}

function expectation({ entry, labelled, calibrator, method, costs, estimate }: Outcomes, own: OwnRows): RealisedResult['expected'] {
  if (entry?.cost !== undefined && entry.defaultRate !== undefined && own.rows.length >= WHOLE * own.of)
    return { source: 'history', costPerLoan: entry.cost, defaultRate: entry.defaultRate };
  if (estimate && own.rows.length === own.of)
    return { source: 'now', costPerLoan: estimate.confidenceBased.all.costPerLoan, defaultRate: estimate.confidenceBased.all.defaultRate };
  const rows = enoughOf(labelled);
  const { all } = estimatePerformance(rows, own.score, {
    method: methodHeldTo(rows, method ?? calibrator.method),
    refused: own.refused,
    costs,
    ...RESAMPLING,
  });
  return { source: 'now', costPerLoan: finiteFigure(all.costPerLoan), defaultRate: finiteFigure(all.defaultRate) };
}

/** The least and the most that a loan can come to cost over all scored rows, whatever the outcomes that are not known. */
function boundsOf(
  { target, probability, costs }: Outcomes,
  scored: Uint32Array,
  decide: (of: Float64Array) => Uint8Array,
): RealisedResult['bounds'] {
  const refused = decide(pickRows(probability, scored));
  let [known, open] = [0, 0];
  scored.forEach((row, at) => {
    const own = target[row] ?? Number.NaN;
    const isRefused = refused[at] === 1;
    if (!Number.isFinite(own)) open += isRefused ? costs.falsePositive : costs.falseNegative;
    else if ((own === 1) !== isRefused) known += own === 1 ? costs.falseNegative : costs.falsePositive;
  });
  return open === 0 ? null : { lo: known / scored.length, hi: (known + open) / scored.length };
}

function figure(value: number, error: number): FigureResult {
  return { value, lo: value - Z95 * error, hi: value + Z95 * error };
}

/** Over the standard error of the expectation, which counts the drawing of outcomes: by the half of the band on that side, since few defaults spread further upwards than downwards. */
function distance(came: number, { value, lo, hi }: FigureResult): number {
  if (value === null || lo === null || hi === null) return 0;
  const half = came > value ? hi - value : value - lo;
  return half > 0 ? (came - value) / (half / Z95) : 0;
}

/** Beyond the 99.9 % that one batch in a thousand leaves by chance: a word like concept drift must not come by the twentieth. */
function isOutside({ value }: FigureResult, expected: FigureResult): boolean {
  return value !== null && Math.abs(distance(value, expected)) >= BEYOND_CHANCE_Z;
}
