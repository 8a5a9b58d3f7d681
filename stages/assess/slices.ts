import { equalMassBins, expectedCalibrationError } from '../metrics/calibration-error.ts';
import type { Costs } from '../metrics/cost.ts';
import type { Assessment } from './assessment-schema.ts';
import { aucInterval } from './auc-interval.ts';
import type { Groups } from './groups/read-groups.ts';
import { estimated } from './interval.ts';
import { type JudgedRows, pickRows } from './judged-rows.ts';
import { costOf, type GroupTallies, NOBODY, rates, type Tally } from './tally.ts';

/** Fewer rows than this make ten bins of too few for a calibration error. */
export const MIN_ECE_ROWS = 100;
const RELIABILITY_BINS = 5;

type Slices = Assessment['slices'];
type Slice = Slices[number]['groups'][number];

/** How the model does in each group of each attribute: ranking, calibration, cost, approvals. Null where a number does not exist there. */
export function measureSlices(rows: JudgedRows, groups: Groups, tallies: readonly GroupTallies[], costs: Costs): Slices {
  return tallies.map((found) => {
    const { attribute, groups: names } = found;
    const membership = groups[attribute] ?? [];
    return {
      attribute,
      groups: names.map((name, at): Slice => {
        const picked = membership.flatMap((group, row) => (group === name ? [row] : []));
        return { group: name, ...measureSlice(pickRows(rows, picked), tallyOf(found, at), costs) };
      }),
    };
  });
}

interface GroupTally {
  readonly estimate: Tally;
  readonly resampled: readonly Tally[];
}

function tallyOf({ estimate, resampled }: GroupTallies, at: number): GroupTally {
  return { estimate: estimate[at] ?? NOBODY, resampled: resampled.map((tallies) => tallies[at] ?? NOBODY) };
}

function measureSlice(rows: JudgedRows, { estimate, resampled }: GroupTally, costs: Costs): Omit<Slice, 'group'> {
  const withInterval = (rate: (tally: Tally) => number | null): ReturnType<typeof estimated> =>
    estimated(rate(estimate), resampled.map(rate));
  const { positives } = estimate;
  return {
    rows: estimate.rows,
    positives,
    auc: aucInterval(rows),
    ece: estimate.rows >= MIN_ECE_ROWS ? expectedCalibrationError(rows.target, rows.calibrated) : null,
    reliability: estimate.rows >= MIN_ECE_ROWS ? [...equalMassBins(rows.target, rows.calibrated, RELIABILITY_BINS)] : null,
    observed: rates.observed(estimate),
    predicted: rates.predicted(estimate),
    miscalibration: withInterval(rates.miscalibration),
    approvalRate: withInterval(rates.approval),
    badRateAmongApproved: withInterval(rates.badAmongApproved),
    costPerApplicant: withInterval((tally) => costOf(tally, costs)),
    costGrantAll: estimate.rows > 0 ? (costs.falseNegative * positives) / estimate.rows : null,
  };
}
