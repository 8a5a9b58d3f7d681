import { type FileHandle, open, rm } from 'node:fs/promises';
import { SluiceError } from '../../../pipeline/index.ts';
import { thriftBytes, type ThriftFields, ThriftReader, thriftType, type ThriftValue } from './thrift-compact.ts';

/** Fields of Parquet's footer, by their numbers in parquet.thrift: those that name a place in the file, or count rows. */
const file = { schema: 2, rows: 3, rowGroups: 4 } as const;
const rowGroup = { columns: 1, fileOffset: 5, ordinal: 7 } as const;
const columnChunk = { fileOffset: 2, metaData: 3, offsetIndex: 4, columnIndex: 6 } as const;
const columnMetaData = { dataPage: 9, indexPage: 10, dictionaryPage: 11, bloomFilter: 14 } as const;

const MAGIC = Buffer.from('PAR1');
const CHUNK = 8 << 20;

/**
 * Puts Parquet files of one schema behind each other into one, row group by row group, without decoding a page: bytes are copied, only the
 * footer is written anew. Takes each file away once it is copied.
 * @throws SluiceError INTERNAL when a file is no Parquet, or has another schema than the first
 */
export async function joinParquet(parts: readonly string[], out: string): Promise<void> {
  const to = await open(out, 'wx');
  try {
    await to.write(MAGIC);
    const joined = new JoinedFooter();
    let end = MAGIC.length;
    for (const part of parts) {
      const from = await open(part, 'r');
      try {
        const { footer, footerAt } = await readFooter(from, part);
        joined.add(footer, { shift: end - MAGIC.length, part });
        await copyBytes(from, to, { from: MAGIC.length, end: footerAt });
        end += footerAt - MAGIC.length;
      } finally {
        await from.close();
      }
      await rm(part);
    }
    const footer = joined.bytes();
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    await to.write(Buffer.concat([footer, length, MAGIC]));
  } finally {
    await to.close();
  }
}

class JoinedFooter {
  #first: ThriftFields | undefined;
  readonly #rowGroups: ThriftValue[] = [];
  #rows = 0n;

  add(footer: ThriftFields, { shift, part }: { readonly shift: number; readonly part: string }): void {
    this.#first ??= footer;
    if (!schemaOf(footer).equals(schemaOf(this.#first)))
      throw new SluiceError('INTERNAL', `${part}: its columns are not those of the first part`);
    this.#rows += integerOf(footer.get(file.rows));
    for (const group of itemsOf(footer.get(file.rowGroups)))
      this.#rowGroups.push(movedGroup(group, { shift: BigInt(shift), ordinal: BigInt(this.#rowGroups.length) }));
  }

  bytes(): Buffer {
    const fields = new Map(this.#first);
    fields.set(file.rows, { kind: 'integer', type: thriftType.i64, value: this.#rows });
    fields.set(file.rowGroups, { kind: 'list', type: thriftType.list, of: thriftType.struct, items: this.#rowGroups });
    return thriftBytes(fields);
  }
}

const schemaOf = (footer: ThriftFields): Buffer => {
  const schema = footer.get(file.schema);
  return thriftBytes(new Map(schema === undefined ? [] : [[file.schema, schema]]));
};

function movedGroup(group: ThriftValue, { shift, ordinal }: { readonly shift: bigint; readonly ordinal: bigint }): ThriftValue {
  const fields = new Map(moved(fieldsOf(group), [rowGroup.fileOffset], shift));
  const columns = fields.get(rowGroup.columns);
  if (columns?.kind === 'list')
    fields.set(rowGroup.columns, { ...columns, items: columns.items.map((column) => movedColumn(column, shift)) });
  if (fields.has(rowGroup.ordinal)) fields.set(rowGroup.ordinal, { kind: 'integer', type: thriftType.i16, value: ordinal });
  return { kind: 'struct', type: thriftType.struct, fields };
}

function movedColumn(column: ThriftValue, shift: bigint): ThriftValue {
  const { fileOffset, offsetIndex, columnIndex, metaData } = columnChunk;
  const fields = new Map(moved(fieldsOf(column), [fileOffset, offsetIndex, columnIndex], shift));
  const meta = fields.get(metaData);
  if (meta !== undefined)
    fields.set(metaData, { kind: 'struct', type: thriftType.struct, fields: moved(fieldsOf(meta), Object.values(columnMetaData), shift) });
  return { kind: 'struct', type: thriftType.struct, fields };
}

/** Places moved by `shift` bytes. 0 says that there is no such place: a file begins with its magic number. */
function moved(fields: ThriftFields, places: readonly number[], shift: bigint): ThriftFields {
  const entries = [...fields].map(([id, value]): [number, ThriftValue] =>
    places.includes(id) && value.kind === 'integer' && value.value > 0n ? [id, { ...value, value: value.value + shift }] : [id, value],
  );
  return new Map(entries);
}

async function readFooter(from: FileHandle, path: string): Promise<{ readonly footer: ThriftFields; readonly footerAt: number }> {
  const { size } = await from.stat();
  const tail = Buffer.alloc(8);
  if (size >= 12) await from.read(tail, 0, 8, size - 8);
  const footerAt = size - 8 - tail.readUInt32LE(0);
  if (!tail.subarray(4).equals(MAGIC) || footerAt < MAGIC.length) throw new SluiceError('INTERNAL', `${path} is no Parquet file`);
  const footer = Buffer.alloc(size - 8 - footerAt);
  await from.read(footer, 0, footer.length, footerAt);
  return { footer: new ThriftReader(footer).struct(), footerAt };
}

async function copyBytes(
  source: FileHandle,
  to: FileHandle,
  { from, end }: { readonly from: number; readonly end: number },
): Promise<void> {
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (let at = from; at < end;) {
    const { bytesRead } = await source.read(chunk, 0, Math.min(CHUNK, end - at), at);
    if (bytesRead === 0) throw new RangeError(`a Parquet file ends ${end - at} bytes early`);
    await to.write(chunk, 0, bytesRead);
    at += bytesRead;
  }
}

const fieldsOf = (value: ThriftValue): ThriftFields => (value.kind === 'struct' ? value.fields : new Map());
const itemsOf = (value: ThriftValue | undefined): readonly ThriftValue[] => (value?.kind === 'list' ? value.items : []);
const integerOf = (value: ThriftValue | undefined): bigint => (value?.kind === 'integer' ? value.value : 0n);
