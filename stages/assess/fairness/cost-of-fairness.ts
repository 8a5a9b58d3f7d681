import { costCurve, type Costs } from '../../metrics/cost.ts';
import type { Assessment } from '../assessment-schema.ts';
import type { JudgedRows } from '../judged-rows.ts';

type FairnessCurve = Assessment['fairness']['curves'][number];

const RATIOS = Array.from({ length: 11 }, (_, at) => (50 + at * 5) / 100);
const MOST_POINTS = 400;

/** A group's cost at each number of approvals that a threshold can give. */
interface Options {
  readonly group: string;
  readonly rows: number;
  readonly approvals: readonly { readonly rate: number; readonly cost: number }[];
}

/**
 * What equal treatment of groups would cost: for each ratio of lowest to highest approval rate, the least cost per applicant that any
 * thresholds by group reach on these rows, with the highest rate free. They are chosen on the rows they are priced on, so the price is a
 * lower bound; and thresholds by group are unlawful in places: a measure, not a policy. Null for fewer than two groups.
 * @param costs what errors cost; rows without a large enough group are left out
 */
export function costOfFairness(
  rows: JudgedRows,
  {
    attribute,
    group,
    minRows,
    costs,
  }: { readonly attribute: string; readonly group: readonly string[]; readonly minRows: number; readonly costs: Costs },
): FairnessCurve | null {
  const options = optionsByGroup(rows, group, costs).filter((found) => found.rows >= minRows);
  if (options.length < 2) return null;
  const total = options.reduce((sum, found) => sum + found.rows, 0);
  const floors = [0, ...new Set(options.flatMap(({ approvals }) => approvals.map(({ rate }) => rate)))].toSorted((a, b) => a - b);
  const shown = thin(floors);
  const points = RATIOS.map((ratio) => {
    let best = Number.POSITIVE_INFINITY;
    for (const floor of shown) {
      // All rates between the floor and the floor over the ratio.
      const cost = options.reduce((sum, found) => sum + cheapest(found, floor, Math.min(1, floor / ratio)), 0);
      best = Math.min(best, cost);
    }
    return { ratio, costPerApplicant: best / total };
  }).filter(({ costPerApplicant }) => Number.isFinite(costPerApplicant));
  const free = options.reduce((sum, found) => sum + cheapest(found, 0, 1), 0) / total;
  return { attribute, rows: total, unconstrained: free, points };
}

/** Floors or thresholds enough for a curve: every one of a small holdout, some 400 of a large one, evenly by order, both ends kept. */
function thin<T>(values: readonly T[]): readonly T[] {
  const every = Math.ceil(values.length / MOST_POINTS);
  return values.filter((_, at) => at % every === 0 || at === values.length - 1);
}

/** The cheapest choice with a rate between two; infinite where there is none. */
function cheapest({ approvals }: Options, low: number, high: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (const { rate, cost } of approvals) if (rate >= low - 1e-12 && rate <= high + 1e-12 && cost < best) best = cost;
  return best;
}

function optionsByGroup(rows: JudgedRows, group: readonly string[], costs: Costs): readonly Options[] {
  return [...new Set(group)].toSorted().map((name) => {
    const picked = group.flatMap((member, row) => (member === name ? [row] : []));
    const scores = picked.map((row) => rows.calibrated[row] ?? Number.NaN).toSorted((a, b) => a - b);
    const targets = picked.toSorted((a, b) => (rows.calibrated[a] ?? 0) - (rows.calibrated[b] ?? 0)).map((row) => rows.target[row] ?? 0);
    const { threshold, cost } = costCurve(targets, scores, costs);
    let below = 0;
    const approvals = Array.from(threshold, (at, index) => {
      while (below < scores.length && (scores[below] ?? 0) < at) below++;
      return { rate: below / picked.length, cost: cost[index] ?? Number.NaN };
    });
    return { group: name, rows: picked.length, approvals: thin(approvals) };
  });
}
