import { join } from 'node:path';
import { assertNever, DuckDb, type StageBody } from '../../pipeline/index.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import { findFiles } from './find-files.ts';
import { ingestFolder } from './ingest-folder.ts';
import { ingestSynthetic } from './ingest-synthetic.ts';
import type { IngestContext, IngestedTable } from './ingested-table.ts';
import type { ingest } from './stage.ts';
import { writeRejects } from './write-rejects.ts';

/** Share of the stage's memory that DuckDB may take; the rest is for Node and for unpacking. */
const DUCKDB_SHARE = 0.75;

type Context = Parameters<StageBody<typeof ingest>>[0];

const run: StageBody<typeof ingest> = async (context) => {
  const { outputs, params, log, progress, signal, tempDir } = context;
  using db = await DuckDb.open({ threads: context.threads, memoryMb: context.memoryMb * DUCKDB_SHARE, tempDir: join(tempDir, 'spill') });
  using _interrupt = interruptOnAbort(db, signal);
  const { rejectTolerance } = params;
  const tables = await readSource(context, {
    db,
    tempDir,
    rejectTolerance,
    log,
    progress,
    signal,
    outPath: (table) => outputs[table].path,
  });
  await writeRejects(
    db,
    [...tables.values()].flatMap((table) => table?.rejects ?? []),
    outputs.rejects.path,
  );
  const summary = TABLE_NAMES.map((name) => {
    const table = tables.get(name) ?? null;
    return { name, present: table !== null, rows: table?.rows ?? 0, rejected: table?.rejects.length ?? 0 };
  });
  await outputs.summary.write({ source: context.config.source.kind, tables: summary });
  progress(TABLE_NAMES.length, TABLE_NAMES.length, `${summary.reduce((sum, { rows }) => sum + rows, 0).toLocaleString('en')} rows`);
};

async function readSource(
  { config, inputs, params }: Context,
  reading: IngestContext,
): Promise<ReadonlyMap<TableName, IngestedTable | null>> {
  const { kind } = config.source;
  switch (kind) {
    case 'synthetic':
      return ingestSynthetic(reading, { scale: config.source.scale, seed: config.source.seed });
    case 'csv':
    case 'parquet':
      // The folder comes as an input, keyed by its content; reading source.dir would key its path as well.
      return ingestFolder(reading, await findFiles(inputs.raw.folder, { kind, aliases: { ...params.aliases }, log: reading.log }));
    default:
      return assertNever(kind);
  }
}

/** Stops the running query when the stage is cancelled; a closed database must not be told, hence the disposal. */
function interruptOnAbort(db: DuckDb, signal: AbortSignal): Disposable {
  const interrupt = (): void => db.interrupt();
  signal.addEventListener('abort', interrupt);
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', interrupt) };
}

export default run;
