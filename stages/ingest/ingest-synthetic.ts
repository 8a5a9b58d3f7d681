import { perTable } from '../tables/per-table.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import type { IngestContext, IngestedTable } from './ingested-table.ts';
import { generateSynthetic } from './synthetic/generate-synthetic.ts';
import { countRows } from './write-table.ts';

/** Makes the tables up, in place: they are born typed and sorted. */
export async function ingestSynthetic(
  context: IngestContext,
  { scale, seed }: { readonly scale: number; readonly seed: number },
): Promise<ReadonlyMap<TableName, IngestedTable>> {
  const { db, outPath, tempDir, progress } = context;
  const paths = perTable(outPath);
  await generateSynthetic({ db, scale, seed, outDir: tempDir, paths, progress });
  const counted = new Map<TableName, IngestedTable>();
  for (const name of TABLE_NAMES) counted.set(name, { rows: await countRows(db, outPath(name)), rejects: [] });
  return counted;
}
