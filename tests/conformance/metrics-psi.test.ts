import { describe, expect } from '@jest/globals';
import { characteristicStability, levelStability } from '../../stages/metrics/csi.ts';
import { chanceOfStability, populationStability } from '../../stages/metrics/psi.ts';
import { expectNumber, type Recorded, testCases, toNumber } from './decision-cases.ts';

interface PsiTruth {
  readonly inner_edges: readonly number[];
  readonly ref_counts: readonly number[];
  readonly cur_counts: readonly number[];
  readonly contrib: readonly number[];
  readonly has_missing_bin: boolean;
  readonly psi: Recorded;
  readonly null_p: Recorded;
  /** The index that chance exceeds in one of twenty. */
  readonly crit95?: Recorded;
}

interface PsiCase {
  readonly reference: readonly Recorded[];
  readonly current: readonly Recorded[];
  /** Keys such as deciles_eps1e-4 and bins20_eps1e-4. */
  readonly expect: Readonly<Record<string, PsiTruth>>;
}

interface CsiCase {
  readonly reference: readonly string[];
  readonly current: readonly string[];
  readonly points: Readonly<Record<string, number>>;
  readonly expect: {
    readonly levels: readonly string[];
    readonly ref_share: readonly number[];
    readonly cur_share: readonly number[];
    readonly 'psi_eps1e-4': Recorded;
    readonly csi_points: Recorded;
    readonly unseen_share: Recorded;
  };
}

describe('population stability', () => {
  testCases<PsiCase>('psi_', ({ reference, current, expect: truths }) => {
    for (const [name, truth] of Object.entries(truths)) {
      const [binning = '', epsilon = ''] = name.split('_eps');
      const found = populationStability(reference.map(toNumber), current.map(toNumber), {
        bins: binning === 'deciles' ? 10 : Number(binning.replace('bins', '')),
        epsilon: Number(epsilon),
      });
      expect(found).toMatchObject({
        hasMissingBin: truth.has_missing_bin,
        referenceCounts: truth.ref_counts,
        currentCounts: truth.cur_counts,
      });
      truth.inner_edges.forEach((edge, at) => expectNumber(found.edges[at] ?? Number.NaN, edge, `${name}, edge ${at}`));
      truth.contrib.forEach((term, at) => expectNumber(found.contributions[at] ?? Number.NaN, term, `${name}, term ${at}`));
      expectNumber(found.psi, truth.psi, `${name}, psi`);
      expectNumber(found.nullProbability, truth.null_p, `${name}, null probability`, { abs: 1e-12, rel: 1e-8 });
      if (truth.crit95 === undefined) continue;
      const rows = { reference: reference.length, current: current.length, bins: truth.ref_counts.length };
      expectNumber(chanceOfStability(toNumber(truth.crit95), rows), rows.bins > 1 ? 0.05 : null, `${name}, chance at the critical value`, {
        abs: 1e-9,
        rel: 1e-8,
      });
    }
  });

  testCases<CsiCase>('csi_', ({ reference, current, points, expect: truth }) => {
    const found = levelStability(reference, current);
    expect(found.levels).toEqual(truth.levels);
    truth.ref_share.forEach((share, at) =>
      expectNumber(found.referenceShare[at] ?? Number.NaN, share, `reference share of ${truth.levels[at]}`),
    );
    truth.cur_share.forEach((share, at) =>
      expectNumber(found.currentShare[at] ?? Number.NaN, share, `current share of ${truth.levels[at]}`),
    );
    expectNumber(found.psi, truth['psi_eps1e-4'], 'psi');
    expectNumber(found.unseenShare, truth.unseen_share, 'unseen share');
    expectNumber(characteristicStability(found, points), truth.csi_points, 'points');
  });
});
