import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type DuckDb, SluiceError, type StageLog } from '../../pipeline/index.ts';
import { findFiles } from '../../stages/ingest/find-files.ts';
import { ingestFolder } from '../../stages/ingest/ingest-folder.ts';
import { ingest } from '../../stages/ingest/stage.ts';
import { perTable } from '../../stages/tables/per-table.ts';
import { TABLE_NAMES, type TableName } from '../../stages/tables/table-names.ts';

type Files = Awaited<ReturnType<typeof findFiles>>;

export interface RawInputOptions {
  readonly db: DuckDb;
  /** A folder of tables, or one application table. */
  readonly input: string;
  readonly tempDir: string;
  /** Where the tables go, as Parquet. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onNote: (note: string) => void;
}

/** Reads the raw tables as ingest does, by its declared types, and makes views of them. @throws SluiceError as ingest; no row may be set aside */
export async function readRawInput({ db, input, tempDir, folder, signal, onNote }: RawInputOptions): Promise<void> {
  const log: StageLog = { debug: () => {}, info: () => {}, warn: onNote, error: onNote };
  await mkdir(folder, { recursive: true });
  const files = (await stat(input)).isDirectory() ? await tablesOf(input, log) : oneForm(input);
  await ingestFolder(
    {
      db,
      tempDir,
      rejectTolerance: 0,
      advice: `Correct the row or take it away: none is set aside here, since whoever it belongs to would be scored without it. A run over ${input} may set rows aside (-S params.ingest.rejectTolerance=…), and \`sluice serve\` without --book has its applicants.`,
      log,
      progress: (done, total, table) => onNote(`reading ${done + 1}/${total}: ${table}`),
      signal,
      outPath: (table) => rawPaths(folder)[table],
    },
    files,
  );
}

export function rawPaths(folder: string): Readonly<Record<TableName, string>> {
  return perTable((name) => join(folder, `${name}.parquet`));
}

async function tablesOf(folder: string, log: StageLog): Promise<Files> {
  const { aliases } = ingest.params.parse({});
  const kind = (await readdir(folder)).some((file) => /^application_(train|test)\.parquet$/.test(file)) ? 'parquet' : 'csv';
  return await findFiles(folder, { kind, aliases, log, unlabelled: true });
}

/** A form by itself: all history is unknown. */
function oneForm(file: string): Files {
  const name = basename(file);
  const table = /train/i.test(name) ? 'application_train' : 'application_test';
  const format = /\.parquet$/i.test(name) ? 'parquet' : 'csv';
  if (!/\.(parquet|csv|csv\.gz)$/i.test(name))
    throw new SluiceError('USAGE', `${file} is neither Parquet nor CSV`, {
      hint: `Put the tables of ${dirname(file)} there as .csv, .csv.gz or .parquet.`,
    });
  return new Map(TABLE_NAMES.map((own) => [own, own === table ? { table, name, path: file, format } : null]));
}
