import { didYouMean, SluiceError } from '../../../pipeline/index.ts';
import type { Table } from '../../tables/table.ts';
import type { RawFile } from '../raw-file.ts';
import { decodeBytes } from './csv-record.ts';
import { csvRecords } from './csv-records.ts';

export interface CsvHeader {
  /** Names in the file's order. */
  readonly names: readonly string[];
  /** Names that the table does not have. */
  readonly extra: readonly string[];
}

/**
 * Reads and checks a CSV's header against the table's columns; their order does not matter.
 * @throws SluiceError DATA_MALFORMED for an unreadable header, DATA_MISSING_COLUMN
 */
export async function readCsvHeader(file: RawFile, plainPath: string, table: Table): Promise<CsvHeader> {
  const header = await firstRecord(plainPath);
  if (header === null) {
    throw new SluiceError('DATA_MALFORMED', `${file.name} is empty: it has not even a header`, {
      hint: `Copy the file again, or take it away if the source has no ${file.table}.`,
      at: { file: file.path },
    });
  }
  if (header.line !== 1 || header.fault !== null || header.raw.includes('\0')) {
    throw new SluiceError(
      'DATA_MALFORMED',
      `${file.name}:${header.line}: the header cannot be read: "${decodeBytes(header.raw).slice(0, 80)}"`,
      {
        hint: `The first line must hold the column names, separated by commas, in UTF-8.`,
        at: { file: file.path, line: header.line },
      },
    );
  }
  return checkHeader(file, table, header.fields.map(decodeBytes));
}

async function firstRecord(path: string) {
  for await (const [first] of csvRecords(path)) if (first !== undefined) return first;
  return null;
}

/** @throws SluiceError DATA_MALFORMED for a name that stands twice, DATA_MISSING_COLUMN */
export function checkHeader(file: RawFile, table: Table, names: readonly string[]): CsvHeader {
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new SluiceError(
      'DATA_MALFORMED',
      `${file.name}: column "${twice}" stands twice in the header, at places ${names.indexOf(twice) + 1} and ${names.lastIndexOf(twice) + 1}`,
      {
        hint: 'Take one of them away.',
        at: { file: file.path, line: 1 },
      },
    );
  }
  const extra = names.filter((name) => !Object.hasOwn(table.columns, name));
  const missing = Object.keys(table.columns).filter((name) => !names.includes(name));
  const [first] = missing;
  if (first !== undefined) throw missingColumn(file, missing, { first, extra, names });
  return { names, extra };
}

function missingColumn(
  file: RawFile,
  missing: readonly string[],
  found: { first: string; extra: readonly string[]; names: readonly string[] },
): SluiceError {
  const [only] = found.names;
  const separator = found.names.length === 1 ? [';', '\t', '|'].find((mark) => only?.includes(mark) === true) : undefined;
  const more =
    missing.length === 1 ? '' : ` (and ${missing.length - 1} more: ${missing.slice(1, 6).join(', ')}${missing.length > 6 ? ', …' : ''})`;
  const nearest = didYouMean(found.first, found.extra);
  return new SluiceError('DATA_MISSING_COLUMN', `${file.name}: column "${found.first}" is missing${more}.${nearest}`, {
    hint:
      separator === undefined
        ? `Columns are found by Kaggle's names, in any order; rename or add ${missing.length === 1 ? 'it' : 'them'} in the header.`
        : `The header has no comma: separate the columns by "," instead of "${separator === '\t' ? '\\t' : separator}".`,
    at: { file: file.path, line: 1 },
    data: { missing, unknown: found.extra },
  });
}
