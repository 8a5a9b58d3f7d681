import { z } from 'zod';
import { bootstrap, percentileInterval } from '../metrics/bootstrap.ts';
import { swapSet } from '../metrics/swap-set.ts';
import { COMPARED_METRICS } from './rules/metric-names.ts';
import { type Duel, measureDifference, type MetricOptions, rowStatistics } from './rules/row-metrics.ts';

const cell = z.strictObject({ rows: z.int(), positives: z.int(), defaultRate: z.number().nullable() });

/** Challenger and champion on the same holdout rows. */
export const comparisonSchema = z.strictObject({
  against: z.string(),
  rows: z.int(),
  /** Difference: challenger less champion, with its paired 95 % interval. Null where it does not exist. */
  metrics: z.array(
    z.strictObject({
      metric: z.string(),
      challenger: z.number().nullable(),
      champion: z.number().nullable(),
      difference: z.number().nullable(),
      lo: z.number().nullable(),
      hi: z.number().nullable(),
    }),
  ),
  /** Who changes sides, how they paid, and what that adds per applicant. */
  swap: z.strictObject({ bothGrant: cell, swappedIn: cell, swappedOut: cell, bothRefuse: cell, costChange: z.number() }),
});
export type ChampionComparison = z.infer<typeof comparisonSchema>;

/** Every headline number of both, paired on the same resamples (AUC and Gini by DeLong), and the swap set. */
export function compareRows(against: string, { challenger, champion }: Duel, options: MetricOptions): ChampionComparison {
  const [ours, theirs] = [rowStatistics(challenger, options), rowStatistics(champion, options)];
  const differences = Object.fromEntries(
    COMPARED_METRICS.filter((metric) => metric !== 'auc' && metric !== 'gini').map((metric) => {
      const [left, right] = [ours(metric), theirs(metric)];
      return [metric, (multiplicity: Uint16Array) => left(multiplicity) - right(multiplicity)];
    }),
  );
  const replicates = bootstrap(challenger.target, differences, options);
  return {
    against,
    rows: challenger.target.length,
    metrics: COMPARED_METRICS.map((metric) => {
      const [left, right] = [ours(metric)(), theirs(metric)()];
      const drawn = replicates[metric];
      const { lo, hi } = drawn === undefined ? measureDifference(metric, { challenger, champion }, options) : percentileInterval(drawn);
      return { metric, challenger: known(left), champion: known(right), difference: known(left - right), lo: known(lo), hi: known(hi) };
    }),
    swap: swapSet(challenger.target, challenger.decision, champion.decision, options.costs),
  };
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
