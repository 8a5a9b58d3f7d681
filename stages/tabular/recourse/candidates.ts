import { type DuckDb, sqlName } from '../../../pipeline/index.ts';
import type { Dataset, DatasetColumn } from '../dataset-section.ts';

/** A raw value: a number, a level, or unknown. */
export type Value = string | number | null;

/** A column that the applicant can change, and what it may be changed to. */
export interface Candidates {
  readonly column: string;
  readonly values: readonly Value[];
  /** What a change asks of the applicant: of numbers and ordered levels the share of clients passed over, of other levels one half. */
  readonly effort: (from: Value, to: Value) => number;
}

/** Quantiles of a number that are tried: the middle nine tenths, so that nothing is tried that is unusual. */
const QUANTILES = Array.from({ length: 19 }, (_, at) => (at + 1) / 20);
/** A level that fewer of a hundred clients have is not tried. */
const LEAST_SHARE = 0.01;
const OTHER_LEVEL = 0.5;

/** What may be changed to what, by the development clients. Needs views named development and applications. */
export async function readCandidates(db: DuckDb, { columns }: Dataset): Promise<readonly Candidates[]> {
  const found: Candidates[] = [];
  for (const [column, declared] of Object.entries(columns)) {
    if (!declared.changeable || declared.prohibited) continue;
    const own = await db.all<{ value: Value }>(
      `select ${sqlName(column)} as value from applications semi join development using (SK_ID_CURR) where ${sqlName(column)} is not null`,
    );
    const values = own.map(({ value }) => value);
    found.push(declared.kind === 'number' ? numbers(column, values.map(Number)) : levels(column, declared, values));
  }
  return found;
}

function numbers(column: string, own: readonly number[]): Candidates {
  const sorted = Float64Array.from(own.filter(Number.isFinite)).toSorted();
  const values = [...new Set(QUANTILES.map((share) => sorted[Math.floor(share * (sorted.length - 1))]))].filter(
    (value) => value !== undefined,
  );
  const place = (value: number): number => sorted.filter((other) => other < value).length / Math.max(1, sorted.length);
  return {
    column,
    values,
    effort: (from, to) => (from === null || to === null ? OTHER_LEVEL : Math.abs(place(Number(to)) - place(Number(from)))),
  };
}

function levels(column: string, { kind, levels: declared }: DatasetColumn, own: readonly Value[]): Candidates {
  const usual = declared.filter((level) => own.filter((value) => value === level).length >= LEAST_SHARE * own.length);
  const share = (low: number, high: number): number =>
    own.filter((value) => declared.indexOf(String(value)) >= low && declared.indexOf(String(value)) < high).length /
    Math.max(1, own.length);
  return {
    column,
    values: usual,
    effort: (from, to) => {
      const [a, b] = [declared.indexOf(String(from)), declared.indexOf(String(to))];
      return kind === 'category' || a < 0 || b < 0 ? OTHER_LEVEL : share(Math.min(a, b), Math.max(a, b));
    },
  };
}
