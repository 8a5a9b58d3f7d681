import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import { tables } from '../tables/tables.ts';
import { ingestCsv } from './csv/ingest-csv.ts';
import type { IngestContext, IngestedTable } from './ingested-table.ts';
import { ingestParquet } from './parquet/ingest-parquet.ts';
import { nameClientsOfLoans } from './name-clients-of-loans.ts';
import type { RawFile } from './raw-file.ts';
import { refuseNoRows } from './refuse-no-rows.ts';
import { writeEmptyTable } from './write-table.ts';

/** Reads the files one after the other; null for a table that the source does not have. */
export async function ingestFolder(
  context: IngestContext,
  files: ReadonlyMap<TableName, RawFile | null>,
): Promise<ReadonlyMap<TableName, IngestedTable | null>> {
  const done = new Map<TableName, IngestedTable | null>();
  for (const name of TABLE_NAMES) {
    context.progress(done.size, TABLE_NAMES.length, name);
    context.signal.throwIfAborted();
    const file = files.get(name) ?? null;
    if (file === null) await writeEmptyTable(context.db, tables[name], context.outPath(name));
    done.set(name, file === null ? null : await ingestFile(context, file));
  }
  const months = done.get('bureau_balance') ?? null;
  if (months !== null) {
    const loans = { path: context.outPath('bureau'), rejects: done.get('bureau')?.rejects ?? [] };
    done.set('bureau_balance', { ...months, rejects: await nameClientsOfLoans(context.db, months.rejects, loans) });
  }
  return done;
}

async function ingestFile(context: IngestContext, file: RawFile): Promise<IngestedTable> {
  const read = file.format === 'csv' ? ingestCsv : ingestParquet;
  const ingested = await read(context, file, tables[file.table]);
  const { rows, rejects } = ingested;
  refuseNoRows(file, rows, context.log);
  if (rejects.length > 0)
    context.log.warn(`${file.name}: set ${rejects.length} bad row(s) aside, ${rows} are left; see the output "rejects"`);
  return ingested;
}
