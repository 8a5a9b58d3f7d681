import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { SluiceError } from '../../../pipeline/index.ts';
import type { CsvRecord } from '../../ingest/csv/csv-record.ts';
import { decodeBytes } from '../../ingest/csv/csv-record.ts';
import { csvRecords } from '../../ingest/csv/csv-records.ts';
import { CLIENT } from '../dataset-columns.ts';
import type { Dataset } from '../dataset-section.ts';

/**
 * Copies a CSV with the key under our name: a column of the file, or the line of the row, put before the others. Lines before the
 * header are left out and all others stay on their lines, so a row of the copy stands `headerLine - 1` lines higher than in the file.
 * @throws SluiceError DATA_MISSING_COLUMN when the key is no column
 */
export async function writeKeyedCsv(from: string, to: string, dataset: Dataset): Promise<void> {
  const { headerLine } = dataset;
  const out = createWriteStream(to, { encoding: 'latin1' });
  let at = headerLine;
  for await (const records of csvRecords(from)) {
    const texts: string[] = [];
    for (const record of records) {
      if (record.line < headerLine) continue;
      texts.push('\n'.repeat(record.line - at), record.line === headerLine ? header(record, dataset) : row(record, dataset), '\n');
      at = record.line + record.raw.split('\n').length;
    }
    if (!out.write(texts.join(''))) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

const row = ({ line, raw }: CsvRecord, { key }: Dataset): string => (key === null ? `${line},${raw}` : raw);

function header({ fields, raw, line }: CsvRecord, { key, file }: Dataset): string {
  if (key === null) return `${CLIENT},${raw}`;
  const names = fields.map(decodeBytes);
  if (!names.includes(key)) {
    throw new SluiceError(
      'DATA_MISSING_COLUMN',
      `${file}:${line}: the key "${key}" is none of the columns ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`,
      {
        hint: 'Name the column in dataset.key, or leave it out: rows are then numbered by line.',
      },
    );
  }
  return fields.map((field, index) => quoted(names[index] === key ? CLIENT : field)).join(',');
}

const quoted = (field: string): string => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
