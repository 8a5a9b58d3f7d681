import type { DuckDb } from '../../pipeline/index.ts';
import { confusion } from '../metrics/confusion.ts';
import { businessCost, type Costs } from '../metrics/cost.ts';
import { delong } from '../metrics/delong.ts';
import { Z95 } from '../metrics/normal.ts';
import type { Assessment } from './assessment-schema.ts';
import { aucInterval } from './auc-interval.ts';
import { type JudgedRows, pickRows } from './judged-rows.ts';
import timeSql from './time.sql';

type Time = NonNullable<Assessment['time']>;

const BANDS = 5;
const FEWEST_IN_BAND = 50;

/**
 * The largest SK_ID_BUREAU of each judged client, NaN for none: the bureau numbers its credits as they come, the only order in the
 * tables that does not start anew with each application. Null where the table has no such column.
 */
export async function readTimeProxy(db: DuckDb, columns: readonly string[]): Promise<Float64Array | null> {
  return columns.includes('SK_ID_BUREAU') ? await db.column(timeSql) : null;
}

/**
 * An out-of-time test by proxy: clients in the order of their newest credit at the bureau, cut into five bands; does the model do
 * worse on the last? It was trained on clients of all bands, so this shows a drift of difficulty and calibration, and not a future.
 * Null with fewer than 50 clients a band.
 */
export function measureTime(
  rows: JudgedRows,
  proxy: Float64Array | null,
  { costs, threshold }: { readonly costs: Costs; readonly threshold: number },
): Time | null {
  if (proxy === null) return null;
  const known = Array.from(proxy, (_, row) => row).filter((row) => !Number.isNaN(proxy[row] ?? Number.NaN));
  if (known.length < BANDS * FEWEST_IN_BAND) return null;
  const ordered = known.toSorted((left, right) => (proxy[left] ?? 0) - (proxy[right] ?? 0) || left - right);
  const cut = (band: number): number => Math.round((band * ordered.length) / BANDS);
  const bands = Array.from({ length: BANDS }, (_, band) => pickRows(rows, ordered.slice(cut(band), cut(band + 1))));
  const judged = bands.map((band) => judgeBand(band, costs, threshold));
  return {
    proxy: 'largest SK_ID_BUREAU',
    withoutProxy: proxy.length - known.length,
    bands: judged,
    lastLessOthers: lastLessOthers(rows, ordered, cut(BANDS - 1)),
    giniStability: giniStability(judged.map(({ auc }) => (auc === null ? null : 2 * auc.value - 1))),
  };
}

function judgeBand(rows: JudgedRows, costs: Costs, threshold: number): Time['bands'][number] {
  const counts = confusion(rows.target, rows.calibrated, threshold);
  const size = rows.target.length;
  return {
    rows: size,
    positives: counts.tp + counts.fn,
    auc: aucInterval(rows),
    observed: (counts.tp + counts.fn) / size,
    predicted: rows.calibrated.reduce((sum, value) => sum + value, 0) / size,
    costPerApplicant: businessCost(counts, costs) / size,
  };
}

/** Other rows, so the variances add up (DeLong's of each). */
function lastLessOthers(rows: JudgedRows, ordered: readonly number[], first: number): Time['lastLessOthers'] {
  const [others, last] = [pickRows(rows, ordered.slice(0, first)), pickRows(rows, ordered.slice(first))];
  if (aucInterval(others) === null || aucInterval(last) === null) return null;
  const [a, b] = [delong(last.target, last.probability), delong(others.target, others.probability)];
  const [value, half] = [a.auc - b.auc, Z95 * Math.sqrt(a.variance + b.variance)];
  return { value, lo: value - half, hi: value + half };
}

function giniStability(ginis: readonly (number | null)[]): number | null {
  const known = ginis.filter((gini) => gini !== null);
  if (known.length < ginis.length) return null;
  const middle = (known.length - 1) / 2;
  const mean = known.reduce((sum, gini) => sum + gini, 0) / known.length;
  const [cross, squares] = known.reduce(([c, s], gini, at) => [c + (at - middle) * (gini - mean), s + (at - middle) ** 2], [0, 0]);
  const slope = cross / squares;
  const residual = Math.sqrt(known.reduce((sum, gini, at) => sum + (gini - mean - slope * (at - middle)) ** 2, 0) / known.length);
  return mean + 88 * Math.min(0, slope) - 0.5 * residual;
}
