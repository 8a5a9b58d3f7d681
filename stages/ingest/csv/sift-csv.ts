import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { SluiceError } from '../../../pipeline/index.ts';
import type { Table } from '../../tables/table.ts';
import type { RawFile } from '../raw-file.ts';
import { clip, idIn, type Reject } from '../reject.ts';
import { checkRecord } from './check-record.ts';
import { type CsvRecord, decodeBytes } from './csv-record.ts';
import { csvRecords } from './csv-records.ts';

export interface Sifted {
  readonly rejects: readonly Reject[];
  /** Good rows; of the part that was read, where the sifting stopped early. */
  readonly rows: number;
  /** False where there were more bad rows than asked for and the rest was not read. */
  readonly complete: boolean;
}

interface SiftOptions {
  readonly names: readonly string[];
  readonly table: Table;
  /** Stop after this many bad rows. */
  readonly limit: number;
  /** Where to write the header and the good rows, with one kind of line end. */
  readonly cleanPath: string;
}

/**
 * Goes through a CSV row by row with the rules of {@link checkRecord}, in a file's order.
 * @throws SluiceError DATA_MALFORMED for a broken quote, after which no row can be trusted
 */
export async function siftCsv(file: RawFile, plainPath: string, options: SiftOptions): Promise<Sifted> {
  const rejects: Reject[] = [];
  let rows = -1;
  const clean = createWriteStream(options.cleanPath, { encoding: 'latin1' });
  try {
    for await (const records of csvRecords(plainPath)) {
      const good: string[] = [];
      for (const record of records) {
        if (record.fault !== null) throw brokenQuote(file, record, options.names);
        const fault = rows < 0 ? null : checkRecord(record, options.names, options.table);
        if (fault === null) {
          good.push(record.raw);
          rows += 1;
        } else if (rejects.push(rejectOf(file, { record, fault, ...options })) >= options.limit) {
          return { rejects, rows, complete: false };
        }
      }
      if (good.length > 0 && !clean.write(`${good.join('\n')}\n`)) await once(clean, 'drain');
    }
    return { rejects, rows: Math.max(0, rows), complete: true };
  } finally {
    clean.end();
    await finished(clean);
  }
}

interface Faulty extends Pick<SiftOptions, 'names' | 'table'> {
  readonly record: CsvRecord;
  readonly fault: Pick<Reject, 'column' | 'value' | 'reason'>;
}

function rejectOf(file: RawFile, { record, fault, names, table }: Faulty): Reject {
  // With a field too few or too many, what stands in the place of the id may be anything.
  const id = (name: string): number | null => (record.fields.length === names.length ? idIn(record.fields[names.indexOf(name)]) : null);
  const line = record.line + (file.lineOffset ?? 0);
  return { file: file.name, line, ...fault, table: table.name, client: id('SK_ID_CURR'), loan: id('SK_ID_BUREAU') };
}

function brokenQuote(file: RawFile, record: CsvRecord, names: readonly string[]): SluiceError {
  const line = record.line + (file.lineOffset ?? 0);
  const field = record.fault?.field ?? 0;
  const name = names[field] ?? `number ${field + 1}`;
  const start = clip(decodeBytes((record.fields[field] ?? '').split('\n')[0] ?? '').slice(0, 60));
  return new SluiceError(
    'DATA_MALFORMED',
    `${file.name}:${line}: column ${name}: broken quote (${record.fault?.kind}) in the value that starts with "${start}"`,
    {
      hint: 'Close the quote, or write a quote inside a quoted value twice. The rows after it cannot be told apart, so no tolerance helps.',
      at: { file: file.path, line, text: clip(decodeBytes(record.raw.split('\n')[0] ?? '')) },
      data: { column: name },
    },
  );
}
