import { isUtf8 } from 'node:buffer';
import type { Table } from '../../tables/table.ts';
import { clip, type Reject } from '../reject.ts';
import { numberFault } from '../strict-column.ts';
import { type CsvRecord, decodeBytes } from './csv-record.ts';

type Fault = Pick<Reject, 'column' | 'value' | 'reason'>;

const NUMBER = /^ *[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)? *$/i;
const BEYOND_ASCII = /[\x80-\xff]/;

/** The first thing wrong with a record, or null. Quote faults are not looked at here: they are never a matter of one row. */
export function checkRecord(record: CsvRecord, names: readonly string[], table: Table): Fault | null {
  if (BEYOND_ASCII.test(record.raw) && !isUtf8(Buffer.from(record.raw, 'latin1'))) return badEncoding(record, names);
  if (record.raw.includes('\r') && !record.raw.includes('"'))
    return { column: null, value: null, reason: 'has a carriage return in its middle' };
  if (record.fields.length !== names.length) {
    const { length } = record.fields;
    return { column: null, value: null, reason: `has ${length} field${length === 1 ? '' : 's'}, the header has ${names.length}` };
  }
  for (const [index, name] of names.entries()) {
    const column = table.columns[name];
    if (column === undefined || column.type === 'VARCHAR') continue;
    const field = record.fields[index] ?? '';
    const reason = field === '' || NUMBER.test(field) ? numberFault(column, field === '' ? null : Number(field)) : 'is not a number';
    if (reason !== null) return { column: name, value: field === '' ? null : clip(decodeBytes(field)), reason };
  }
  return null;
}

function badEncoding(record: CsvRecord, names: readonly string[]): Fault {
  const index = record.fields.findIndex((field) => !isUtf8(Buffer.from(field, 'latin1')));
  return { column: names[index] ?? null, value: clip(decodeBytes(record.fields[index] ?? '')), reason: 'is not UTF-8' };
}
