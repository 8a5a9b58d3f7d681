import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { REPOSITORY } from '../../pipeline/testing/real-cli.ts';
import { driftSeen, type Seen, type Sizes } from './testing/drift-power.ts';

/** Pairs behind each line of the table in docs/reference/drift.md. */
const RUNS = 40;
/** Two-sided p of 0.001. */
const Z = 3.29;

/** Per cents as the page has them, in the order of its columns. */
async function documented([n, m]: Sizes, shift: number): Promise<readonly number[]> {
  const page = await readFile(join(REPOSITORY, 'docs/reference/drift.md'), 'utf8');
  const start = `| ${n.toLocaleString('en')} / ${m.toLocaleString('en')} | ${shift} | `;
  const line = page.split('\n').find((text) => text.startsWith(start)) ?? '';
  return Array.from(line.slice(start.length).matchAll(/(\d+)%/g), ([, share]) => Number(share));
}

const runsFrom = (first: number): readonly number[] => Array.from({ length: RUNS }, (_, at) => first + at);
const counts = ({ evidently, tenth, quarter, significant }: Seen): readonly number[] => [evidently, tenth, quarter, significant];

test.each<readonly [Sizes, number]>([
  [[1500, 900], 0.1],
  [[1500, 900], 0.2],
  [[1500, 900], 0.5],
])('what is seen of %j rows moved by %d σ is what the power table says, and other samples agree within chance', async (sizes, shift) => {
  const table = await documented(sizes, shift);
  const again = counts(driftSeen(sizes, shift, runsFrom(0)));
  expect(again.map((count) => Math.round((100 * count) / RUNS))).toEqual(table);
  const others = counts(driftSeen(sizes, shift, runsFrom(RUNS)));
  const beyondChance = others.filter((count, at) => {
    const first = again[at] ?? Number.NaN;
    const pooled = (count + first) / (2 * RUNS);
    return !(Math.abs(count - first) <= Z * Math.sqrt(2 * RUNS * pooled * (1 - pooled)));
  });
  expect({ others, beyondChance }).toEqual({ others, beyondChance: [] });
});
