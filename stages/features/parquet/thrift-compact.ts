/**
 * Thrift's compact protocol as a tree of tagged values, enough to change a few numbers of a Parquet footer and write the rest as it was.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */

/** Codes of types as they stand in a field's header; 1 and 2 are the two booleans there. */
export const thriftType = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  struct: 12,
} as const;

export type ThriftValue =
  /** Fixed bytes: a boolean in a list, a byte, a double. */
  | { readonly kind: 'raw'; readonly type: number; readonly bytes: Buffer }
  | { readonly kind: 'integer'; readonly type: number; readonly value: bigint }
  | { readonly kind: 'binary'; readonly type: number; readonly bytes: Buffer }
  | { readonly kind: 'list'; readonly type: number; readonly of: number; readonly items: readonly ThriftValue[] }
  | { readonly kind: 'struct'; readonly type: number; readonly fields: ThriftFields };
export type ThriftFields = ReadonlyMap<number, ThriftValue>;

/** Reads one struct from its start. @throws RangeError at a type that Parquet's footer does not have, or past the end */
export class ThriftReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  struct(): ThriftFields {
    const fields = new Map<number, ThriftValue>();
    let id = 0;
    for (let header = this.#byte(); header !== 0; header = this.#byte()) {
      id = header >> 4 === 0 ? Number(unzigzag(this.#varint())) : id + (header >> 4);
      fields.set(id, this.#value(header & 15, false));
    }
    return fields;
  }

  #value(type: number, inList: boolean): ThriftValue {
    switch (type) {
      case thriftType.true:
      case thriftType.false:
        return { kind: 'raw', type, bytes: this.#take(inList ? 1 : 0) };
      case thriftType.byte:
        return { kind: 'raw', type, bytes: this.#take(1) };
      case thriftType.i16:
      case thriftType.i32:
      case thriftType.i64:
        return { kind: 'integer', type, value: unzigzag(this.#varint()) };
      case thriftType.double:
        return { kind: 'raw', type, bytes: this.#take(8) };
      case thriftType.binary:
        return { kind: 'binary', type, bytes: this.#take(Number(this.#varint())) };
      case thriftType.list:
      case thriftType.set:
        return this.#list(type);
      case thriftType.struct:
        return { kind: 'struct', type, fields: this.struct() };
      default:
        throw new RangeError(`a Thrift value of type ${type} at byte ${this.#at}`);
    }
  }

  #list(type: number): ThriftValue {
    const header = this.#byte();
    const [of, size] = [header & 15, header >> 4 === 15 ? Number(this.#varint()) : header >> 4];
    return { kind: 'list', type, of, items: Array.from({ length: size }, () => this.#value(of, true)) };
  }

  #byte(): number {
    return this.#bytes.readUInt8(this.#at++);
  }

  #take(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw new RangeError(`a Thrift value of ${length} bytes at byte ${this.#at}`);
    return this.#bytes.subarray(this.#at, (this.#at += length));
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
}

/** The bytes of a struct: what {@link ThriftReader} read, when nothing was changed. */
export function thriftBytes(fields: ThriftFields): Buffer {
  const chunks: Buffer[] = [];
  writeStruct(fields, chunks);
  return Buffer.concat(chunks);
}

function writeStruct(fields: ThriftFields, to: Buffer[]): void {
  let last = 0;
  for (const [id, value] of fields) {
    const step = id - last;
    if (step > 0 && step < 16) to.push(Buffer.of((step << 4) | value.type));
    else to.push(Buffer.of(value.type), varint(zigzag(BigInt(id))));
    writeValue(value, to);
    last = id;
  }
  to.push(Buffer.of(0));
}

function writeValue(value: ThriftValue, to: Buffer[]): void {
  switch (value.kind) {
    case 'raw':
      to.push(value.bytes);
      return;
    case 'integer':
      to.push(varint(zigzag(value.value)));
      return;
    case 'binary':
      to.push(varint(BigInt(value.bytes.length)), value.bytes);
      return;
    case 'struct':
      writeStruct(value.fields, to);
      return;
    case 'list': {
      const size = value.items.length;
      to.push(size < 15 ? Buffer.of((size << 4) | value.of) : Buffer.concat([Buffer.of(0xf0 | value.of), varint(BigInt(size))]));
      for (const item of value.items) writeValue(item, to);
    }
  }
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  bytes.push(Number(left));
  return Buffer.from(bytes);
}

const zigzag = (value: bigint): bigint => (value < 0n ? -2n * value - 1n : 2n * value);
const unzigzag = (value: bigint): bigint => (value & 1n ? -(value >> 1n) - 1n : value >> 1n);
