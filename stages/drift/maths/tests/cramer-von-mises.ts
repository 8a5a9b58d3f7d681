import { logGamma } from '../../../metrics/log-gamma.ts';
import { scaledBesselK } from '../special/scaled-bessel-k.ts';
import type { NumericTable } from '../distinct-table.ts';
import { exactCramerVonMises } from './exact-cramer-von-mises.ts';

/** Both samples up to this size get the exact distribution. */
const EXACT_UP_TO = 20;
/** The series of the limiting distribution is cut after the first term below this, as in the Evidently it is compared with. */
const LAST_TERM = 1e-7;

/** p-value of the two-sample Cramér–von Mises test (Anderson 1962), midranks for ties; NaN with fewer than two rows a side. */
export function cramerVonMises(table: NumericTable): number {
  const { nReference: n, nCurrent: m } = table;
  if (Math.min(n, m) < 2) return Number.NaN;
  const u = rankStatistic(table);
  if (Math.max(n, m) <= EXACT_UP_TO) return exactCramerVonMises(u, n, m);
  const [k, total] = [n * m, n + m];
  const t = u / (k * total) - (4 * k - 1) / (6 * total);
  const expected = (1 + 1 / total) / 6;
  const variance = ((total + 1) * (4 * k * total - 3 * (n * n + m * m) - 2 * k)) / (45 * total * total * 4 * k);
  const normed = 1 / 6 + (t - expected) / Math.sqrt(45 * variance);
  return normed < 0.003 ? 1 : Math.max(0, 1 - limitingDistribution(normed));
}

/** n Σ(r_i − i)² + m Σ(s_j − j)² over the midranks r, s of the two sorted samples. */
function rankStatistic({ reference, current, nReference, nCurrent }: NumericTable): number {
  let [seen, seenCurrent, sum, sumCurrent] = [0, 0, 0, 0];
  reference.forEach((count, index) => {
    const here = current[index] ?? 0;
    const midrank = seen + seenCurrent + (count + here + 1) / 2;
    sum += squaredGaps(midrank, seen, count);
    sumCurrent += squaredGaps(midrank, seenCurrent, here);
    seen += count;
    seenCurrent += here;
  });
  return nReference * sum + nCurrent * sumCurrent;
}

/** Σ (midrank − i)² for i = seen + 1 … seen + count. */
function squaredGaps(midrank: number, seen: number, count: number): number {
  const mean = seen + (count + 1) / 2;
  return count * (midrank - mean) ** 2 + (count * (count * count - 1)) / 12;
}

/** Csörgő and Faraway 1996, equation 1.2. */
function limitingDistribution(x: number): number {
  let sum = 0;
  for (let k = 0; ; k++) {
    const y = 4 * k + 1;
    const q = (y * y) / (16 * x);
    const scale = Math.exp(logGamma(k + 0.5) - logGamma(k + 1)) / (Math.PI ** 1.5 * Math.sqrt(x));
    const term = scale * Math.sqrt(y) * Math.exp(-2 * q) * scaledBesselK(0.25, q);
    sum += term;
    if (Math.abs(term) < LAST_TERM) return sum;
  }
}
