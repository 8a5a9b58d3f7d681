import { createReadStream } from 'node:fs';
import { type CsvRecord, QuotedRecord } from './csv-record.ts';

const CHUNK_BYTES = 1 << 20;
const BOM = '\u00ef\u00bb\u00bf';

/**
 * Reads a plain CSV record by record, in batches, with the line each starts at; blank lines are skipped, the header is a
 * record like any other. Slower than DuckDB's reader, which counts records and not lines: for the rows that DuckDB refuses.
 */
export async function* csvRecords(path: string): AsyncGenerator<readonly CsvRecord[]> {
  const parser = new RecordParser();
  let carry = '';
  let first = true;
  for await (const chunk of createReadStream(path, { encoding: 'latin1', highWaterMark: CHUNK_BYTES })) {
    const text = carry + String(chunk);
    const lines = (first && text.startsWith(BOM) ? text.slice(BOM.length) : text).split('\n');
    first = false;
    carry = lines.pop() ?? '';
    yield lines.flatMap((line) => parser.feed(line));
  }
  yield [...(carry === '' ? [] : parser.feed(carry)), ...parser.end()];
}

class RecordParser {
  #line = 0;
  #open: QuotedRecord | null = null;

  feed(physical: string): readonly CsvRecord[] {
    this.#line += 1;
    const line = physical.endsWith('\r') ? physical.slice(0, -1) : physical;
    if (this.#open === null && !line.includes('"')) {
      return line === '' ? [] : [{ line: this.#line, raw: line, fields: line.split(','), fault: null }];
    }
    this.#open ??= new QuotedRecord(this.#line);
    return this.#open.feed(line) ? [] : this.end();
  }

  end(): readonly CsvRecord[] {
    const open = this.#open;
    this.#open = null;
    return open === null ? [] : [open.finish()];
  }
}
