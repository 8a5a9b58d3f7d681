import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDb, isSluiceError, messageOf, SluiceError, sqlName, sqlString } from '../../../pipeline/index.ts';
import type { Table } from '../../tables/table.ts';
import type { IngestContext, IngestedTable } from '../ingested-table.ts';
import { refuseDuplicateClients } from '../duplicate-key.ts';
import type { RawFile } from '../raw-file.ts';
import { strictNumberSql } from '../strict-column.ts';
import { isPastTolerance, tooManyRejects } from '../too-many-rejects.ts';
import { writeTable } from '../write-table.ts';
import { readCsvHeader } from './csv-header.ts';
import { linesOf } from './lines-of.ts';
import { plainCsv } from './plain-csv.ts';
import { siftCsv } from './sift-csv.ts';

/** Bad rows looked at before giving up, where some are tolerated; none can be tolerated past this. */
const MAX_REJECTS = 1_000_000;
/** Bad rows looked at where none is tolerated: enough to show a pattern. */
const FEW_REJECTS = 20;

/**
 * Reads a CSV into Parquet with the declared types. DuckDB reads strictly; only when it stops at something is the file gone
 * through row by row, to name the lines and to set bad rows aside.
 * @throws SluiceError DATA_MALFORMED, DATA_MISSING_COLUMN, DATA_BAD_VALUE, DATA_DUPLICATE_KEY
 */
export async function ingestCsv(context: IngestContext, file: RawFile, table: Table): Promise<IngestedTable> {
  const plain = await plainCsv(file, context.tempDir, context.signal);
  try {
    const { names, extra } = await readCsvHeader(file, plain.path, table);
    if (extra.length > 0)
      context.log.warn(
        `${file.name}: ignoring ${extra.length} column(s) that ${table.name} does not have: ${extra.map((name) => name || '(no name)').join(', ')}`,
      );
    const ingested = await readStrictly(context, { file, table, names, plainPath: plain.path });
    await refuseDuplicateClients(context.db, { file, parquetPath: context.outPath(table.name) }, async (column, value) => {
      const lines = await linesOf(plain.path, names, { column, value });
      return lines.map((line) => line + (file.lineOffset ?? 0));
    });
    return ingested;
  } finally {
    if (plain.temporary) await rm(plain.path, { force: true });
  }
}

interface CsvTable {
  readonly file: RawFile;
  readonly table: Table;
  readonly names: readonly string[];
  readonly plainPath: string;
}

async function readStrictly(context: IngestContext, csv: CsvTable): Promise<IngestedTable> {
  try {
    return { rows: await copyCsv(context.db, csv, context.outPath(csv.table.name)), rejects: [] };
  } catch (stop) {
    if (!isSluiceError(stop) || isNotAboutData(stop.message)) throw stop;
    return readSifted(context, csv, stop);
  }
}

async function readSifted(context: IngestContext, csv: CsvTable, stop: SluiceError): Promise<IngestedTable> {
  const { rejectTolerance: tolerance, advice } = context;
  const { file, table, names, plainPath } = csv;
  const cleanPath = join(context.tempDir, `${table.name}.clean.csv`);
  try {
    const sifted = await siftCsv(file, plainPath, { names, table, limit: tolerance === 0 ? FEW_REJECTS : MAX_REJECTS, cleanPath });
    if (isPastTolerance({ ...sifted, tolerance })) throw tooManyRejects(file, { ...sifted, tolerance, advice });
    if (sifted.rejects.length === 0)
      context.log.warn(`${file.name}: read from a tidied copy, since its lines end in different ways: ${firstLine(stop.message)}`);
    const rows = await copyCsv(context.db, { ...csv, plainPath: cleanPath }, context.outPath(table.name)).catch((error: unknown) => {
      throw new SluiceError('DATA_MALFORMED', `${file.name} cannot be read: ${messageOf(error)}`, {
        at: { file: file.path },
        cause: error,
      });
    });
    return { rows, rejects: sifted.rejects };
  } finally {
    await rm(cleanPath, { force: true });
  }
}

const firstLine = (text: string): string => text.split('\n')[0] ?? text;

/** The machine's trouble rather than the file's. */
function isNotAboutData(message: string): boolean {
  return /out of memory|no space left|interrupt|could not (?:write|open)/i.test(message);
}

async function copyCsv(db: DuckDb, { table, names, plainPath }: CsvTable, path: string): Promise<number> {
  // Unpacked already where it was packed: by its name alone DuckDB would unpack a plain file that is called .gz.
  // Numbers come in as DOUBLE: DuckDB would round 2.5 in an INTEGER column without a word.
  const columns = names.map((name, index) => {
    const type = table.columns[name]?.type ?? 'VARCHAR';
    return `${sqlString(Object.hasOwn(table.columns, name) ? name : `extra ${index}`)}: '${type === 'VARCHAR' ? 'VARCHAR' : 'DOUBLE'}'`;
  });
  const select = Object.entries(table.columns).map(([name, column]) =>
    column.type === 'VARCHAR' ? sqlName(name) : `${strictNumberSql(column, sqlName(name))} as ${sqlName(name)}`,
  );
  const from = `read_csv(${sqlString(plainPath)}, columns = {${columns.join(', ')}}, auto_detect = false, header = true, delim = ',',
    quote = '"', escape = '"', nullstr = '', strict_mode = true, compression = 'none')`;
  return writeTable(db, table, { select, from, path });
}
