import type { JudgedRows } from '../../assess/judged-rows.ts';
import { rates, type Tally, tallyGroups } from '../../assess/tally.ts';
import { percentileInterval } from '../../metrics/bootstrap.ts';
import { rateRatio } from '../../metrics/fairness.ts';
import type { Measured } from './row-metrics.ts';

/** Lowest over highest approval rate of the groups that are large enough, with its interval; NaN for fewer than two. */
export function impactRatio(
  rows: JudgedRows,
  group: readonly string[],
  { minRows, ...resampling }: { readonly minRows: number; readonly replicates: number; readonly seed: number },
): Measured {
  const [found] = tallyGroups(rows, { group }, resampling);
  const large = (found?.estimate ?? []).flatMap(({ rows: size }, at) => (size >= minRows ? [at] : []));
  const ratio = (all: readonly Tally[]): number =>
    rateRatio(large.map((at) => (all[at] === undefined ? null : rates.approval(all[at])))) ?? Number.NaN;
  const value = ratio(found?.estimate ?? []);
  return Number.isNaN(value) ? { value, lo: value, hi: value } : { value, ...percentileInterval((found?.resampled ?? []).map(ratio)) };
}
