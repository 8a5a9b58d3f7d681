/** The power table of docs/reference/drift.md: `node scripts/run-ts.mjs scripts/drift-power.ts [--runs 100]`. Prints Markdown. */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { columnDrift } from '../stages/drift/maths/column-drift.ts';
import { type NumericTable, numericTable } from '../stages/drift/maths/distinct-table.ts';
import { columnStability } from '../stages/drift/stability/column-stability.ts';
import { drawNormal } from '../stages/metrics/draw-normal.ts';
import { createPrng, type Prng } from '../stages/metrics/prng.ts';

const RUNS = Number(parseArgs({ options: { runs: { type: 'string', default: '100' } } }).values.runs);
const SHIFTS = [0, 0.02, 0.05, 0.1, 0.2, 0.5];
const SIZES = [
  [1500, 900],
  [5000, 5000],
  [50_000, 20_000],
] as const;

/** Two samples of a normal column, the current one moved by `shift` standard deviations, as distinct values with counts. */
function moved(prng: Prng, [n, m]: readonly [number, number], shift: number): NumericTable {
  const rows = [
    ...Array.from({ length: n }, () => ({ value: drawNormal(prng), current: 0 })),
    ...Array.from({ length: m }, () => ({ value: drawNormal(prng) + shift, current: 1 })),
  ].toSorted((a, b) => a.value - b.value);
  return numericTable(
    Float64Array.from(rows, ({ value }) => value),
    { reference: Float64Array.from(rows, ({ current }) => 1 - current), current: Float64Array.from(rows, ({ current }) => current) },
  );
}

const lines = SIZES.flatMap((sizes) =>
  SHIFTS.map((shift) => {
    const counts = { evidently: 0, tenth: 0, quarter: 0, significant: 0 };
    for (let run = 0; run < RUNS; run++) {
      const table = moved(createPrng(1000 * run + Math.round(100 * shift) + sizes[0]), sizes, shift);
      const { psi, stability } = columnStability(table, { reference: 0, current: 0 });
      if (columnDrift(table, '0.7').drifted) counts.evidently++;
      if (psi >= 0.1) counts.tenth++;
      if (psi >= 0.25) counts.quarter++;
      // As among 120 columns of which this one has moved: Benjamini–Hochberg gives it its p times 120 at worst.
      if ((stability.p ?? 1) * 120 < 0.001) counts.significant++;
    }
    const share = (count: number): string => `${Math.round((100 * count) / RUNS)}%`;
    const [n, m] = sizes;
    return `| ${n.toLocaleString('en')} / ${m.toLocaleString('en')} | ${shift} | ${share(counts.evidently)} | ${share(counts.tenth)} | ${share(counts.quarter)} | ${share(counts.significant)} |`;
  }),
);
process.stdout.write(
  `| rows | shift, σ | Evidently: drift | PSI ≥ 0.1 | PSI ≥ 0.25 | PSI beyond chance among 120 columns |\n|---|--:|--:|--:|--:|--:|\n${lines.join('\n')}\n`,
);
