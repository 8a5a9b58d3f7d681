import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDb, SluiceError, sqlString } from '../../../pipeline/index.ts';
import { LISTING_FILES } from '../listing-files.ts';
import { INDEX_FILES } from '../population-schema.ts';
import { readDoubles, readWholes, writeNumbers } from '../typed-file.ts';
import listingSql from './listing.sql';
import type { PrepareOrder } from './prepare-order.ts';

/** Places of kinds of loan are bytes, and the last byte is nobody's. */
const MOST_KINDS = 255;

/** Writes what the list shows of everybody whose input and score were written before, and the orders that it can be sorted in. */
export async function writeListing(db: DuckDb, { raw }: PrepareOrder, folder: string): Promise<void> {
  const form = (path: string): string =>
    `select SK_ID_CURR, AMT_CREDIT, AMT_ANNUITY, NAME_CONTRACT_TYPE from read_parquet(${sqlString(path)})`;
  await db.run(`create or replace temp view listed as ${form(raw.application_train)} union all ${form(raw.application_test)}`);
  const { SK_ID_CURR: ids = [], AMT_CREDIT: credit, AMT_ANNUITY: annuity, contract } = await db.doubles(listingSql);
  const scored = readWholes(join(folder, INDEX_FILES.ids));
  const same = scored.length === ids.length && scored.every((id, place) => id === ids[place]);
  if (!same || credit === undefined || annuity === undefined || contract === undefined)
    throw new SluiceError('INTERNAL', 'the applicants that were scored are not those of the application tables');
  const kinds = await db.all<{ kind: string }>('select distinct NAME_CONTRACT_TYPE kind from listed where kind is not null order by kind');
  await writeNumbers(join(folder, LISTING_FILES.credit), credit);
  await writeNumbers(join(folder, LISTING_FILES.annuity), annuity);
  await writeNumbers(join(folder, LISTING_FILES.contract), Uint8Array.from(contract));
  await writeNumbers(join(folder, LISTING_FILES.byCredit), placesBy(credit));
  await writeNumbers(join(folder, LISTING_FILES.byProbability), placesBy(readDoubles(join(folder, LISTING_FILES.probability))));
  await writeFile(join(folder, LISTING_FILES.record), JSON.stringify({ contracts: kinds.slice(0, MOST_KINDS).map(({ kind }) => kind) }));
}

/** Places in the order of their values; who has none comes first, and ties keep the order of ids. */
function placesBy(values: Float64Array): Int32Array {
  const value = (place: number): number => {
    const own = values[place] ?? Number.NaN;
    return Number.isNaN(own) ? Number.NEGATIVE_INFINITY : own;
  };
  return Int32Array.from(values.keys()).toSorted((a, b) => Math.sign(value(a) - value(b)) || a - b);
}
