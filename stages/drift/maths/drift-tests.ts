import { assertNever } from '../../../pipeline/index.ts';
import type { DistinctTable, EvidentlyMode, NumericTable } from './distinct-table.ts';
import { andersonDarling } from './tests/anderson-darling.ts';
import { chiSquare } from './tests/chi-square.ts';
import { cramerVonMises } from './tests/cramer-von-mises.ts';
import { energyDistance } from './tests/energy-distance.ts';
import { evidentlyPsi } from './tests/evidently-psi.ts';
import { fisherExact } from './tests/fisher-exact.ts';
import { gTest } from './tests/g-test.ts';
import { hellinger } from './tests/hellinger.ts';
import { jensenShannon } from './tests/jensen-shannon.ts';
import { kolmogorovSmirnov } from './tests/kolmogorov-smirnov.ts';
import { kullbackLeibler } from './tests/kullback-leibler.ts';
import { mannWhitney } from './tests/mann-whitney.ts';
import { tTest } from './tests/t-test.ts';
import { totalVariationTest } from './tests/total-variation.ts';
import { wasserstein } from './tests/wasserstein.ts';
import { zTest } from './tests/z-test.ts';

/** Evidently's names of the tests that are implemented here. */
export const ANY_TESTS = ['jensenshannon', 'psi', 'kl_div', 'hellinger', 'chisquare', 'z', 'g_test', 'fisher_exact', 'TVD'] as const;
export const NUMERIC_TESTS = ['wasserstein', 'ks', 'ed', 'cramer_von_mises', 'anderson', 't_test', 'mannw'] as const;
export type AnyTest = (typeof ANY_TESTS)[number];
export type NumericTest = (typeof NUMERIC_TESTS)[number];
export type DriftTest = AnyTest | NumericTest;

/** Score of a test that takes numbers and levels alike: a distance, or a p-value from chisquare on. */
export function scoreAny(test: AnyTest, table: DistinctTable, mode: EvidentlyMode): number {
  switch (test) {
    case 'jensenshannon':
      return jensenShannon(table, mode);
    case 'psi':
      return evidentlyPsi(table, mode);
    case 'kl_div':
      return kullbackLeibler(table, mode);
    case 'hellinger':
      return hellinger(table, mode);
    case 'chisquare':
      return chiSquare(table);
    case 'z':
      return zTest(table);
    case 'g_test':
      return gTest(table);
    case 'fisher_exact':
      return fisherExact(table);
    case 'TVD':
      return totalVariationTest(table);
    default:
      return assertNever(test);
  }
}

/** Score of a test that needs numbers: a distance for wasserstein and ed, else a p-value. */
export function scoreNumeric(test: NumericTest, table: NumericTable): number {
  switch (test) {
    case 'wasserstein':
      return wasserstein(table);
    case 'ks':
      return kolmogorovSmirnov(table);
    case 'ed':
      return energyDistance(table);
    case 'cramer_von_mises':
      return cramerVonMises(table);
    case 'anderson':
      return andersonDarling(table);
    case 't_test':
      return tTest(table);
    case 'mannw':
      return mannWhitney(table);
    default:
      return assertNever(test);
  }
}
