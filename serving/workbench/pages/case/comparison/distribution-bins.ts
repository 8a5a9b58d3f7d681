import type { Standing } from './comparison-answers.ts';

export interface Bin {
  /** Null for clients without a value. */
  readonly from: number | null;
  readonly to: number | null;
  /** Shares of all who repaid, and of all who defaulted. */
  readonly repaid: number;
  readonly defaulted: number;
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** Counts as shares of their own group, so that the few who defaulted can be compared with the many who repaid. */
export function distributionBins({ edges, repaid, defaulted, unknown }: Standing['histogram']): readonly Bin[] {
  const all = { repaid: Math.max(1, sum(repaid) + unknown.repaid), defaulted: Math.max(1, sum(defaulted) + unknown.defaulted) };
  const bins = repaid.map((count, index) => ({
    from: edges[index] ?? null,
    to: edges[index + 1] ?? null,
    repaid: count / all.repaid,
    defaulted: (defaulted[index] ?? 0) / all.defaulted,
  }));
  const without = { from: null, to: null, repaid: unknown.repaid / all.repaid, defaulted: unknown.defaulted / all.defaulted };
  return unknown.repaid + unknown.defaulted === 0 ? bins : [...bins, without];
}
