import { quadraticFit } from '../special/quadratic-fit.ts';
import type { NumericTable } from '../distinct-table.ts';

/** Scholz and Stephens 1987, table 2, for two samples: significance and its critical value b0 + b1 + b2. */
const TABLE = [
  [0.25, 0.675 - 0.245 - 0.105],
  [0.1, 1.281 + 0.25 - 0.305],
  [0.05, 1.645 + 0.678 - 0.362],
  [0.025, 1.96 + 1.149 - 0.391],
  [0.01, 2.326 + 1.822 - 0.396],
  [0.005, 2.573 + 2.364 - 0.345],
  [0.001, 3.085 + 3.615 - 0.154],
] as const;
const [LARGEST_P, SMALLEST_P] = [0.25, 0.001];

/**
 * p-value of the two-sample Anderson–Darling test with midranks, interpolated as ln p ~ quadratic in the statistic and
 * capped to [0.001, 0.25]; NaN for fewer than two distinct values or fewer than four rows.
 */
export function andersonDarling(table: NumericTable): number {
  const rows = table.nReference + table.nCurrent;
  if (table.values.length < 2 || rows < 4) return Number.NaN;
  const statistic = (rankStatistic(table) - 1) / Math.sqrt(variance(table, rows));
  const critical = TABLE.map(([, value]) => value);
  if (statistic < Math.min(...critical)) return LARGEST_P;
  if (statistic > Math.max(...critical)) return SMALLEST_P;
  const [c0, c1, c2] = quadraticFit(
    critical,
    TABLE.map(([p]) => Math.log(p)),
  );
  return Math.exp(c0 + statistic * (c1 + statistic * c2));
}

/** Equation 7 of Scholz and Stephens. */
function rankStatistic({ reference, current, nReference, nCurrent }: NumericTable): number {
  const rows = nReference + nCurrent;
  let [below, belowReference, sum] = [0, 0, 0];
  reference.forEach((count, index) => {
    const tied = count + (current[index] ?? 0);
    const b = below + tied / 2;
    const m = belowReference + count / 2;
    const gap = rows * m - b * nReference;
    // The current part's gap is the negative of the reference's, so both terms share it.
    sum += ((tied / rows) * gap * gap * (1 / nReference + 1 / nCurrent)) / (b * (rows - b) - (rows * tied) / 4);
    below += tied;
    belowReference += count;
  });
  return (sum * (rows - 1)) / rows;
}

/** Equation 4: variance of the statistic for k = 2 samples. */
function variance({ nReference, nCurrent }: NumericTable, rows: number): number {
  const sizes = 1 / nReference + 1 / nCurrent;
  let [harmonic, g] = [0, 0];
  for (let i = rows - 1; i > 1; i--) {
    harmonic += 1 / i;
    g += harmonic / (rows - i + 1);
  }
  const h = harmonic + 1;
  const a = 4 * g - 6 + (10 - 6 * g) * sizes;
  const b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * sizes - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * sizes + 4 * h;
  const d = (2 * h + 6) * 4 - 8 * h;
  return (a * rows ** 3 + b * rows ** 2 + c * rows + d) / ((rows - 1) * (rows - 2) * (rows - 3));
}
