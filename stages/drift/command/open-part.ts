import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { isProfile, readProfile } from '../profile/read-profile.ts';
import { readCsv } from './read-csv.ts';
import { didYouMean, type DuckDb, messageOf, sha256File, SluiceError, sqlName, sqlString } from '../../../pipeline/index.ts';

export interface OpenedPart {
  /** Rows, or counts of the values that a profile holds. */
  readonly form: 'rows' | 'profile';
  /** As given, without folders. */
  readonly name: string;
  readonly rows: number;
  /** Of the file, or of the names and digests of the folder's files; they are read while other work is done. */
  readonly sha256: Promise<string>;
  /** Column name to DuckDB type. */
  readonly columns: Readonly<Record<string, string>>;
  /** Parquet files that hold its rows, which another database may read as well; null where this one alone has them. */
  readonly parquet: readonly string[] | null;
}

export interface OpenedParts {
  readonly reference: OpenedPart;
  readonly current: OpenedPart;
}

type Format = 'parquet' | 'csv';

/**
 * Makes a Parquet or CSV file, or a folder of them, the view or table `as`. CSV is read once; types are those of all its values.
 * @throws SluiceError SOURCE_MISSING, USAGE for another kind of file, DATA_MALFORMED for one that cannot be read
 */
export async function openPart(
  db: DuckDb,
  path: string,
  { as, side }: { readonly as: string; readonly side: 'reference' | 'current' },
): Promise<OpenedPart> {
  const { files, format } = await listFiles(path, side);
  const sha256 = digestOf(files);
  // Whoever asks for it is told; where something else fails first, nobody does.
  sha256.catch(() => null);
  const empty = await allEmpty(files);
  const name = basename(path);
  // A file of no bytes is a table that lacks every column, not a fault of the comparison.
  if (empty) return { form: 'rows', name, rows: 0, sha256, columns: {}, parquet: null };
  try {
    await (format === 'parquet' ? viewParquet(db, as, files) : readCsv(db, as, files));
    const described = await db.all<{ column_name: string; column_type: string }>(`describe ${sqlName(as)}`);
    if (format === 'parquet' && isProfile(described.map(({ column_name: column }) => column)))
      return { form: 'profile', name, parquet: null, ...(await profilePart(db, path, side)) };
    const { n } = await db.one<{ n: number }>(`select count(*)::double as n from ${sqlName(as)}`);
    return {
      form: 'rows',
      name,
      rows: n,
      sha256,
      columns: Object.fromEntries(described.map((column) => [column.column_name, column.column_type])),
      parquet: format === 'parquet' ? files : null,
    };
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'USAGE') throw error;
    throw new SluiceError(
      'DATA_MALFORMED',
      `--${side} ${path} cannot be read as ${format === 'csv' ? 'CSV' : 'Parquet'}: ${reasonOf(error)}`,
      { cause: error, hint: hintOf(error) },
    );
  }
}

/** DuckDB says what is wrong over several lines, then the row itself and its settings. */
function reasonOf(error: unknown): string {
  const lines = messageOf(error).split('\n');
  const end = lines.findIndex((line) => /^(\s*|Possible .*|LINE \d.*)$/.test(line));
  return lines
    .slice(0, end === -1 ? lines.length : end)
    .filter((line) => !line.startsWith('Original Line:'))
    .join('; ');
}

function hintOf(error: unknown): string {
  const message = messageOf(error);
  if (/utf-8|unicode/i.test(message)) return 'Save the file as UTF-8.';
  return message.includes('Expected Number of Columns')
    ? 'That line has a field too few or too many, or the file was cut while it was copied: mend it at its source.'
    : 'Check that the file is whole: it may have been cut while it was copied.';
}

/** Makes Parquet files the view `as`, as one table. */
export async function viewParquet(db: DuckDb, as: string, files: readonly string[]): Promise<void> {
  await db.run(`create or replace view ${sqlName(as)} as select * from read_parquet(${sqlList(files)}, union_by_name = true)`);
}

function sqlList(files: readonly string[]): string {
  return `[${files.map(sqlString).join(', ')}]`;
}

/** A profile stands for the rows that it was made of, under their digest. @throws SluiceError USAGE for the batch itself */
async function profilePart(db: DuckDb, path: string, side: string): Promise<Pick<OpenedPart, 'rows' | 'sha256' | 'columns'>> {
  if (side === 'current')
    throw new SluiceError('USAGE', `--current ${path} is the profile of a reference, not a batch of rows`, {
      hint: 'Give the profile to --reference.',
    });
  const { sha256, ...profile } = await readProfile(db, path);
  return { ...profile, sha256: Promise.resolve(sha256) };
}

async function listFiles(path: string, side: string): Promise<{ readonly files: readonly string[]; readonly format: Format }> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw await missing(path, side);
  if (!found.isDirectory()) {
    const format = formatOf(path);
    if (format === null)
      throw new SluiceError('USAGE', `--${side} ${path} is neither Parquet nor CSV by its name`, {
        hint: 'Name a .parquet, .csv, .csv.gz or .tsv file, or a folder of them.',
      });
    return { files: [path], format };
  }
  const names = (await readdir(path)).filter((name) => formatOf(name) !== null && !name.startsWith('.')).toSorted();
  const formats = new Set(names.map(formatOf));
  const [format] = formats;
  if (format === undefined || format === null)
    throw new SluiceError('SOURCE_MISSING', `folder ${path} of --${side} holds no .parquet or .csv file`, {
      hint: 'Name the folder that holds the batch’s files.',
    });
  if (formats.size > 1)
    throw new SluiceError('USAGE', `folder ${path} of --${side} holds both Parquet and CSV files: ${names.slice(0, 5).join(', ')}`, {
      hint: 'Name one file, or keep one format in the folder.',
    });
  return { files: names.map((name) => join(path, name)), format };
}

function formatOf(name: string): Format | null {
  const extension = extname(name.toLowerCase().replace(/\.(gz|zst)$/, ''));
  if (extension === '.parquet' || extension === '.pq') return 'parquet';
  return extension === '.csv' || extension === '.tsv' ? 'csv' : null;
}

async function missing(path: string, side: string): Promise<SluiceError> {
  const neighbours = await readdir(join(path, '..')).catch(() => []);
  return new SluiceError('SOURCE_MISSING', `--${side} ${path} does not exist.${didYouMean(basename(path), neighbours)}`, {
    hint: 'Name a Parquet or CSV file, or a folder of them.',
  });
}

async function allEmpty(files: readonly string[]): Promise<boolean> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.every((size) => size === 0);
}

async function digestOf(files: readonly string[]): Promise<string> {
  const digests = await Promise.all(files.map(sha256File));
  if (digests.length === 1) return digests[0] ?? '';
  return createHash('sha256')
    .update(files.map((file, at) => `${basename(file)} ${digests[at] ?? ''}\n`).join(''))
    .digest('hex');
}
