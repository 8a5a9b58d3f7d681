import { confusion, type Confusion } from './confusion.ts';

/** Decisions on one group. A rate is null where nobody is there to be counted: no positives is no evidence, not a rate of 0. */
export interface GroupDecisions extends Confusion {
  readonly group: string;
  readonly approvalRate: number;
  /** Share of those who would have repaid that were refused. */
  readonly falsePositiveRate: number | null;
  /** Share of defaulters that were refused. */
  readonly truePositiveRate: number | null;
}

export interface Scored {
  readonly target: ArrayLike<number>;
  readonly probability: ArrayLike<number>;
  readonly weight?: ArrayLike<number>;
}

/** Decision rates of each group under "refuse when probability ≥ threshold", by group name. */
export function groupDecisions(rows: Scored, group: ArrayLike<string>, threshold: number): readonly GroupDecisions[] {
  const members = new Map<string, number[]>();
  for (let row = 0; row < group.length; row++) {
    const name = group[row] ?? '';
    const list = members.get(name);
    if (list === undefined) members.set(name, [row]);
    else list.push(row);
  }
  return [...members]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, list]) => ({ group: name, ...decisionRates(rows, list, threshold) }));
}

function decisionRates({ target, probability, weight }: Scored, rows: readonly number[], threshold: number): Omit<GroupDecisions, 'group'> {
  const pick = (values: ArrayLike<number>): Float64Array => Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
  const counts = confusion(pick(target), pick(probability), threshold, weight === undefined ? undefined : pick(weight));
  const { tn, fp, fn, tp } = counts;
  return {
    ...counts,
    approvalRate: (tn + fn) / (tn + fp + fn + tp),
    falsePositiveRate: tn + fp > 0 ? fp / (tn + fp) : null,
    truePositiveRate: tp + fn > 0 ? tp / (tp + fn) : null,
  };
}

/** Smallest over largest approval rate, the ratio of the four-fifths rule (on approvals, not on refusals). Null for fewer than two groups or nobody approved. */
export function adverseImpactRatio(groups: readonly Pick<GroupDecisions, 'approvalRate'>[]): number | null {
  return rateRatio(groups.map(({ approvalRate }) => approvalRate));
}

/** Decision rates of all rows together, as of one group. */
export function overallDecisions(rows: Scored, threshold: number): GroupDecisions {
  const everybody = Array.from({ length: rows.target.length }, (_, row) => row);
  return { group: 'all', ...decisionRates(rows, everybody, threshold) };
}

/** Smallest over largest of the rates that exist; null for fewer than two or where all are 0. */
export function rateRatio(rates: readonly (number | null)[]): number | null {
  const known = rates.filter((rate) => rate !== null);
  const largest = Math.max(...known);
  return known.length < 2 || !(largest > 0) ? null : Math.min(...known) / largest;
}

/** Largest distance of a rate from the one of all rows; null where there is none. */
export function gapToOverall(rates: readonly (number | null)[], overall: number | null): number | null {
  const known = rates.filter((rate) => rate !== null);
  return known.length === 0 || overall === null ? null : Math.max(...known.map((rate) => Math.abs(rate - overall)));
}

/** Largest minus smallest of the rates that exist; null for fewer than two. */
export function rateGap(rates: readonly (number | null)[]): number | null {
  const known = rates.filter((rate) => rate !== null);
  return known.length < 2 ? null : Math.max(...known) - Math.min(...known);
}
