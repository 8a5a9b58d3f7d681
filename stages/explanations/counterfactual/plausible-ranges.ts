import { z } from 'zod';
import type { DuckDb } from '../../../pipeline/index.ts';
import rangesSql from './sql/plausible-ranges.sql';

const range = z.strictObject({ lo: z.number(), hi: z.number() });

/** What is usual in the book for one kind of contract: the middle 98 of 100 applications. */
export const plausibleRanges = z.strictObject({
  contract: z.string(),
  applications: z.int(),
  credit: range,
  annuity: range,
  /** AMT_CREDIT / AMT_ANNUITY, in instalments. */
  term: range,
  /** AMT_CREDIT / AMT_GOODS_PRICE. */
  creditToGoods: range,
});
export type PlausibleRanges = z.infer<typeof plausibleRanges>;

/** Ranges by NAME_CONTRACT_TYPE, from the view `book`; null and zero amounts are left out of each. */
export async function readPlausibleRanges(db: DuckDb): Promise<readonly PlausibleRanges[]> {
  const rows = await db.all<Record<string, number | string | null>>(rangesSql);
  return rows.map((row) => {
    const ends = (name: string): { lo: number; hi: number } => ({ lo: Number(row[`${name}_lo`] ?? 0), hi: Number(row[`${name}_hi`] ?? 0) });
    return {
      contract: String(row['contract']),
      applications: Number(row['applications']),
      credit: ends('credit'),
      annuity: ends('annuity'),
      term: ends('term'),
      creditToGoods: ends('credit_to_goods'),
    };
  });
}
