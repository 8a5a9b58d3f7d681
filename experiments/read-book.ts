import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { DuckDb } from '../pipeline/index.ts';
import { catalogueSchema } from '../stages/features/catalogue.ts';
import type { Book } from './compare-arms.ts';
import featuresSql from './sql/features.sql';
import targetSql from './sql/target.sql';

/** The development rows of a run, without the columns that the catalogue prohibits. @param files of `sluice path split.development` and `features.catalogue` */
export async function readBook(files: { readonly development: string; readonly catalogue: string }): Promise<Book> {
  using db = await DuckDb.open({ threads: 2, memoryMb: 2048, tempDir: tmpdir() });
  await db.view('development', files.development);
  const rows = await db.all<{ TARGET: number }>(targetSql);
  const all = await db.matrix(featuresSql);
  const entries = new Map(catalogueSchema.parse(JSON.parse(await readFile(files.catalogue, 'utf8'))).map((entry) => [entry.name, entry]));
  const places = [...all.columns.keys()].filter((at) => entries.get(all.columns[at] ?? '')?.prohibited === false);
  const columns = places.flatMap((at) => entries.get(all.columns[at] ?? '') ?? []);
  const data = new Float32Array(all.rows * places.length);
  for (let row = 0, to = 0; row < all.rows; row++)
    for (const at of places) data[to++] = all.data[row * all.columns.length + at] ?? Number.NaN;
  return {
    columns,
    target: Float32Array.from(rows, ({ TARGET }) => TARGET),
    features: { rows: all.rows, columns: columns.map(({ name }) => name), data },
  };
}
