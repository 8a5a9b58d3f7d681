import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

/** The folder of recorded truths: SLUICE_REFERENCE, else ../shared/reference beside the checkout. */
const folder = join(resolve(process.env['SLUICE_REFERENCE'] ?? join(import.meta.dirname, '../../../shared/reference')), 'decision');

/** A recorded number: JSON has no NaN and no infinity. */
export type Recorded = number | null | { readonly nonfinite: 'nan' | 'inf' | '-inf' };

export function toNumber(value: Recorded): number {
  if (typeof value === 'number') return value;
  if (value === null || value.nonfinite === 'nan') return Number.NaN;
  return value.nonfinite === 'inf' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

/** Case files whose name starts with a prefix; none without the folder. */
export function recordedFiles(prefix: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.startsWith(prefix) && file.endsWith('.json') && !file.startsWith('_'))
    .toSorted();
}

/** Runs a check on every case file whose name starts with a prefix; without the folder, one skipped test that says why. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says how its files are laid out
export function testCases<TCase>(prefix: string, check: (recorded: TCase) => void): void {
  const files = recordedFiles(prefix);
  if (files.length === 0)
    test.skip(`${prefix}*: skipped, no such case files in ${folder} (set SLUICE_REFERENCE)`, () => expect(folder).toBe('there'));
  for (const file of files) {
    // The layout is the reference's, described in its _README.json; a file that departs from it fails its own test.
    test(`case ${file}`, () => check(JSON.parse(readFileSync(join(folder, file), 'utf8')) as TCase));
  }
}

/** Equal within abs 1e-12 or rel 1e-9 (the tolerance of the reference), NaN to NaN, infinity to infinity. */
export function expectNumber(
  actual: number,
  recorded: Recorded,
  what: string,
  tolerance: { readonly abs: number; readonly rel: number } = { abs: 1e-12, rel: 1e-9 },
): void {
  const wanted = toNumber(recorded);
  const near =
    Object.is(actual, wanted) ||
    actual === wanted ||
    Math.abs(actual - wanted) <= Math.max(tolerance.abs, tolerance.rel * Math.abs(wanted));
  expect({ what, value: near ? wanted : actual }).toEqual({ what, value: wanted });
}
