/** The power table of docs/reference/drift.md: `node scripts/run-ts.mjs scripts/drift-power.ts [--runs 100]`. Prints Markdown. */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { driftSeen } from '../stages/drift/testing/drift-power.ts';

const RUNS = Number(parseArgs({ options: { runs: { type: 'string', default: '100' } } }).values.runs);
const SHIFTS = [0, 0.02, 0.05, 0.1, 0.2, 0.5];
const SIZES = [
  [1500, 900],
  [5000, 5000],
  [50_000, 20_000],
] as const;

const runs = Array.from({ length: RUNS }, (_, run) => run);
const lines = SIZES.flatMap((sizes) =>
  SHIFTS.map((shift) => {
    const seen = driftSeen(sizes, shift, runs);
    const share = (count: number): string => `${Math.round((100 * count) / RUNS)}%`;
    const [n, m] = sizes;
    return `| ${n.toLocaleString('en')} / ${m.toLocaleString('en')} | ${shift} | ${share(seen.evidently)} | ${share(seen.tenth)} | ${share(seen.quarter)} | ${share(seen.significant)} |`;
  }),
);
process.stdout.write(
  `| rows | shift, σ | Evidently: drift | PSI ≥ 0.1 | PSI ≥ 0.25 | PSI beyond chance among 120 columns |\n|---|--:|--:|--:|--:|--:|\n${lines.join('\n')}\n`,
);
