import { stratifiedMultiplicity } from '../metrics/bootstrap.ts';
import type { Costs } from '../metrics/cost.ts';
import { createPrng } from '../metrics/prng.ts';
import type { Groups } from './groups/read-groups.ts';
import type { JudgedRows } from './judged-rows.ts';

/** What a group's rows add up to: every rate of decisions follows from it. */
export interface Tally {
  readonly rows: number;
  readonly positives: number;
  readonly refused: number;
  /** Defaulters refused. */
  readonly caught: number;
  /** Sum of calibrated probabilities. */
  readonly predicted: number;
}

export const NOBODY: Tally = { rows: 0, positives: 0, refused: 0, caught: 0, predicted: 0 };

/** One attribute's groups, with the tallies of the rows and of each resample: what intervals of any rate come from. */
export interface GroupTallies {
  readonly attribute: string;
  /** By name. */
  readonly groups: readonly string[];
  readonly estimate: readonly Tally[];
  /** Resample by group. */
  readonly resampled: readonly (readonly Tally[])[];
}

const FIELDS = 5;

/**
 * Tallies of all attributes on the same stratified resamples, one pass over the rows for each: intervals of differences between groups
 * are paired. O(rows · attributes · replicates) additions on typed arrays.
 */
export function tallyGroups(
  rows: JudgedRows,
  groups: Groups,
  { replicates, seed, onReplicate }: { readonly replicates: number; readonly seed: number; readonly onReplicate?: (done: number) => void },
): readonly GroupTallies[] {
  const members = Object.entries(groups).map(([attribute, names]) => memberships(attribute, names));
  const once = new Uint16Array(rows.target.length).fill(1);
  const estimates = members.map((member) => tally(rows, member, once));
  const resampled: (readonly Tally[])[][] = members.map(() => []);
  const prng = createPrng(seed);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const multiplicity = stratifiedMultiplicity(rows.target, prng);
    members.forEach((member, at) => resampled[at]?.push(tally(rows, member, multiplicity)));
    onReplicate?.(replicate + 1);
  }
  return members.map(({ attribute, names }, at) => ({
    attribute,
    groups: names,
    estimate: estimates[at] ?? [],
    resampled: resampled[at] ?? [],
  }));
}

interface Memberships {
  readonly attribute: string;
  readonly names: readonly string[];
  /** Index into names, one a row. */
  readonly member: Int32Array;
}

function memberships(attribute: string, group: readonly string[]): Memberships {
  const names = [...new Set(group)].toSorted();
  const index = new Map(names.map((name, at) => [name, at]));
  return { attribute, names, member: Int32Array.from(group, (name) => index.get(name) ?? -1) };
}

function tally({ target, decision, calibrated }: JudgedRows, { names, member }: Memberships, multiplicity: Uint16Array): readonly Tally[] {
  const sums = new Float64Array(names.length * FIELDS);
  for (let row = 0; row < target.length; row++) {
    const times = multiplicity[row] ?? 0;
    if (times === 0) continue;
    const at = (member[row] ?? 0) * FIELDS;
    const [bad, refused] = [target[row] === 1 ? times : 0, decision[row] === 1 ? times : 0];
    sums[at] = (sums[at] ?? 0) + times;
    sums[at + 1] = (sums[at + 1] ?? 0) + bad;
    sums[at + 2] = (sums[at + 2] ?? 0) + refused;
    sums[at + 3] = (sums[at + 3] ?? 0) + (decision[row] === 1 ? bad : 0);
    sums[at + 4] = (sums[at + 4] ?? 0) + times * (calibrated[row] ?? Number.NaN);
  }
  return names.map((_, group) => {
    const [rows = 0, positives = 0, refused = 0, caught = 0, predicted = 0] = sums.subarray(group * FIELDS, (group + 1) * FIELDS);
    return { rows, positives, refused, caught, predicted };
  });
}

/** Rates of a tally; null where nobody is there to be counted. */
export const rates = {
  approval: ({ rows, refused }: Tally): number | null => ratio(rows - refused, rows),
  badAmongApproved: ({ rows, positives, refused, caught }: Tally): number | null => ratio(positives - caught, rows - refused),
  /** Share of defaulters refused. */
  truePositive: ({ positives, caught }: Tally): number | null => ratio(caught, positives),
  /** Share of those who would have repaid that were refused. */
  falsePositive: ({ rows, positives, refused, caught }: Tally): number | null => ratio(refused - caught, rows - positives),
  observed: ({ rows, positives }: Tally): number | null => ratio(positives, rows),
  predicted: ({ rows, predicted }: Tally): number | null => ratio(predicted, rows),
  /** Observed less predicted rate of default: calibration in the large. */
  miscalibration: ({ rows, positives, predicted }: Tally): number | null => ratio(positives - predicted, rows),
} as const;

/** Business cost per row: of defaulters granted and of good loans refused; null of nobody. */
export function costOf({ rows, positives, refused, caught }: Tally, { falseNegative, falsePositive }: Costs): number | null {
  return ratio(falseNegative * (positives - caught) + falsePositive * (refused - caught), rows);
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
