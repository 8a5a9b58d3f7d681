import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type DuckDb, SluiceError, type StageLog } from '../../pipeline/index.ts';
import { findFiles, findInArchive } from '../../stages/ingest/find-files.ts';
import { ingestFolder } from '../../stages/ingest/ingest-folder.ts';
import type { Reject } from '../../stages/ingest/reject.ts';
import { ingest } from '../../stages/ingest/stage.ts';
import { perTable } from '../../stages/tables/per-table.ts';
import { TABLE_NAMES, type TableName } from '../../stages/tables/table-names.ts';
import { ARCHIVE } from './archive.ts';

type Files = Awaited<ReturnType<typeof findFiles>>;

export interface RawInputOptions {
  readonly db: DuckDb;
  /** A folder of tables, an archive of them, or one application table. */
  readonly input: string;
  readonly tempDir: string;
  /** Where the tables go, as Parquet. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onNote: (note: string) => void;
  /** Share of a table's rows that may be set aside; none without it. */
  readonly rejectTolerance?: number;
  /** What to do about a bad row that may not be. */
  readonly advice: string;
}

/** Reads the raw tables as ingest does, by its declared types. @returns the rows that were set aside. @throws SluiceError as ingest */
export async function readRawInput(options: RawInputOptions): Promise<readonly Reject[]> {
  const { db, input, tempDir, folder, signal, onNote, rejectTolerance = 0, advice } = options;
  const log: StageLog = { debug: () => {}, info: () => {}, warn: onNote, error: onNote };
  await mkdir(folder, { recursive: true });
  const files = (await stat(input)).isDirectory() ? await tablesOf(input, log) : await tablesOfFile(input, log);
  const read = await ingestFolder(
    {
      db,
      tempDir,
      rejectTolerance,
      advice,
      log,
      progress: (done, total, table) => onNote(`reading ${done + 1}/${total}: ${table}`),
      signal,
      outPath: (table) => rawPaths(folder)[table],
    },
    files,
  );
  return [...read.values()].flatMap((table) => table?.rejects ?? []);
}

export function rawPaths(folder: string): Readonly<Record<TableName, string>> {
  return perTable((name) => join(folder, `${name}.parquet`));
}

async function tablesOf(folder: string, log: StageLog): Promise<Files> {
  const kind = (await readdir(folder)).some((file) => /^application_(train|test)\.parquet$/.test(file)) ? 'parquet' : 'csv';
  return await findFiles(folder, { kind, aliases: aliases(), log, unlabelled: true });
}

async function tablesOfFile(file: string, log: StageLog): Promise<Files> {
  return ARCHIVE.test(file) ? await findInArchive(file, { aliases: aliases(), log, unlabelled: true }) : oneForm(file);
}

function aliases(): Parameters<typeof findInArchive>[1]['aliases'] {
  return ingest.params.parse({}).aliases;
}

/** A form by itself: all history is unknown. */
function oneForm(file: string): Files {
  const name = basename(file);
  const table = /train/i.test(name) ? 'application_train' : 'application_test';
  const format = /\.parquet$/i.test(name) ? 'parquet' : 'csv';
  if (!/\.(parquet|csv|csv\.gz)$/i.test(name))
    throw new SluiceError('USAGE', `${file} is neither Parquet nor CSV`, {
      hint: `Put the tables of ${dirname(file)} there as .csv, .csv.gz, .zip or .parquet.`,
    });
  return new Map(TABLE_NAMES.map((own) => [own, own === table ? { table, name, path: file, format } : null]));
}
