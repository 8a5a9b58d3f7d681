import { describe } from '@jest/globals';
import { delongPaired } from '../../stages/metrics/delong.ts';
import { expectNumber, type Recorded, testCases } from './decision-cases.ts';

interface PairedCase {
  readonly y: readonly number[];
  readonly score_a: readonly number[];
  readonly score_b: readonly number[];
  readonly expect: {
    readonly auc_a: Recorded;
    readonly auc_b: Recorded;
    readonly cov: readonly (readonly Recorded[])[];
    readonly z: Recorded;
    readonly p_two_sided: Recorded;
  };
}

describe('paired DeLong test against a recorded one', () => {
  testCases<PairedCase>('delong_', ({ y, score_a: scoreA, score_b: scoreB, expect: wanted }) => {
    const found = delongPaired(y, scoreA, scoreB);
    expectNumber(found.aucA, wanted.auc_a, 'auc a');
    expectNumber(found.aucB, wanted.auc_b, 'auc b');
    wanted.cov.forEach((row, i) =>
      row.forEach((value, j) => expectNumber(found.covariance[i]?.[j] ?? Number.NaN, value, `covariance ${i} ${j}`)),
    );
    // z divides by a small difference of variances: 1e-9 of each becomes about 1e-8 of z.
    expectNumber(found.z, wanted.z, 'z', { abs: 1e-12, rel: 1e-8 });
    expectNumber(found.pTwoSided, wanted.p_two_sided, 'p', { abs: 1e-12, rel: 1e-7 });
  });
});
