import type { Costs } from '../../metrics/cost.ts';
import { figuresOf, type Performance, type RankedRows } from './expected-performance.ts';

/** Everybody, and by decision. */
export type Population = 'all' | 'approved' | 'rejected';
export const POPULATIONS: readonly Population[] = ['all', 'approved', 'rejected'];

/** Of one population, down to a place of the ranking. */
interface Tally {
  readonly rows: number;
  bad: number;
  /** Σ over groups of equal scores: defaulters of the group × payers down to and with it. */
  payersAbove: number;
  /** Σ defaulters × payers of the same group. */
  tied: number;
  precisionSum: number;
}

/**
 * Performance of outcomes that have been drawn, of all three populations in one pass: to the bit what performanceOf says of probabilities 0 and 1, since what is
 * added up are whole numbers. Only defaulters cost time; the payers are the rest.
 * @param ranked all rows
 * @param bad 1 for default, one a row
 */
export function drawnPerformance({ order, ends, refused }: RankedRows, bad: Uint8Array, costs: Costs): Record<Population, Performance> {
  const rejectedRows = refused.reduce((sum, one) => sum + one, 0);
  const tallies = { all: tally(order.length), approved: tally(order.length - rejectedRows), rejected: tally(rejectedRows) };
  let [at, rejectedAbove] = [0, 0];
  for (let group = 0; group < ends.length; group++) {
    const [start, end] = [at, ends[group] ?? 0];
    let [badHere, rejectedHere, badRejected] = [0, 0, 0];
    for (; at < end; at++) {
      const isRefused = refused[at] ?? 0;
      rejectedHere += isRefused;
      if (bad[order[at] ?? 0] === 0) continue;
      badHere++;
      badRejected += isRefused;
    }
    rejectedAbove += rejectedHere;
    if (badHere === 0) continue;
    add(tallies.all, { bad: badHere, rows: end - start, through: end });
    add(tallies.rejected, { bad: badRejected, rows: rejectedHere, through: rejectedAbove });
    add(tallies.approved, { bad: badHere - badRejected, rows: end - start - rejectedHere, through: end - rejectedAbove });
  }
  return {
    all: performance(tallies.all, [tallies.rejected, tallies.approved], costs),
    approved: performance(tallies.approved, [tally(0), tallies.approved], costs),
    rejected: performance(tallies.rejected, [tallies.rejected, tally(0)], costs),
  };
}

function tally(rows: number): Tally {
  return { rows, bad: 0, payersAbove: 0, tied: 0, precisionSum: 0 };
}

/** @param group its defaulters, its rows, and the population's rows down to and with it */
function add(to: Tally, { bad, rows, through }: { readonly bad: number; readonly rows: number; readonly through: number }): void {
  if (bad === 0) return;
  to.bad += bad;
  to.payersAbove += bad * (through - to.bad);
  to.tied += bad * (rows - bad);
  to.precisionSum += bad * (to.bad / through);
}

function performance({ rows, bad, ...sums }: Tally, [rejected, approved]: readonly [Tally, Tally], costs: Costs): Performance {
  const good = rows - bad;
  return figuresOf(
    {
      tp: rejected.bad,
      fp: rejected.rows - rejected.bad,
      fn: approved.bad,
      tn: approved.rows - approved.bad,
      // A pair is won where the payer stands below, and half won where both stand together.
      auc: bad > 0 && good > 0 ? (good * bad - sums.payersAbove + sums.tied / 2) / (bad * good) : Number.NaN,
      averagePrecision: sums.precisionSum / bad,
    },
    costs,
  );
}
