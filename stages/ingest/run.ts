import { join } from 'node:path';
import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { tables } from '../tables/tables.ts';
import { ingestCsv } from './csv/ingest-csv.ts';
import type { IngestContext, IngestedTable } from './ingested-table.ts';
import { openSource } from './open-source.ts';
import { ingestParquet } from './parquet/ingest-parquet.ts';
import type { Reject } from './reject.ts';
import { refuseNoRows } from './refuse-no-rows.ts';
import type { ingest } from './stage.ts';
import { writeEmptyTable } from './write-table.ts';
import { writeRejects } from './write-rejects.ts';

/** Share of the stage's memory that DuckDB may take; the rest is for Node and for decompression. */
const DUCKDB_SHARE = 0.75;

const run: StageBody<typeof ingest> = async (context) => {
  const { config, params, outputs, log, progress, signal, tempDir } = context;
  using db = await DuckDb.open({ threads: context.threads, memoryMb: context.memoryMb * DUCKDB_SHARE, tempDir: join(tempDir, 'spill') });
  using _interrupt = interruptOnAbort(db, signal);
  const { rejectTolerance } = params;
  const reading: IngestContext = { db, tempDir, rejectTolerance, log, signal, outPath: (table) => outputs[table].path };
  const files = await openSource({ db, context });

  const rejects: Reject[] = [];
  const summary = [];
  for (const [index, name] of TABLE_NAMES.entries()) {
    progress(index, TABLE_NAMES.length, name);
    signal.throwIfAborted();
    const file = files.get(name) ?? null;
    const { rows, rejects: bad } = file === null ? await leaveEmpty(reading, name) : await (file.format === 'csv' ? ingestCsv : ingestParquet)(reading, file, tables[name]);
    if (file !== null) refuseNoRows(file, rows, log);
    if (bad.length > 0) log.warn(`${file?.name}: set ${bad.length} bad row(s) aside, ${rows} are left; see the output "rejects"`);
    rejects.push(...bad);
    summary.push({ name, present: file !== null, rows, rejected: bad.length });
  }
  await writeRejects(db, rejects, outputs.rejects.path);
  await outputs.summary.write({ source: config.source.kind, tables: summary });
  progress(TABLE_NAMES.length, TABLE_NAMES.length, `${summary.reduce((sum, table) => sum + table.rows, 0)} rows`);
};

/** Stops the running query when the stage is cancelled; a closed database must not be told, hence the disposal. */
function interruptOnAbort(db: DuckDb, signal: AbortSignal): Disposable {
  const interrupt = (): void => db.interrupt();
  signal.addEventListener('abort', interrupt);
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', interrupt) };
}

async function leaveEmpty({ db, outPath }: IngestContext, name: (typeof TABLE_NAMES)[number]): Promise<IngestedTable> {
  await writeEmptyTable(db, tables[name], outPath(name));
  return { rows: 0, rejects: [] };
}

export default run;
