import { crc32, deflateRawSync } from 'node:zlib';

interface ZipOptions {
  readonly stored?: boolean;
  /** Puts lengths and offsets into zip64 fields, as an archive over 4 GiB has them. */
  readonly zip64?: boolean;
  // What a damaged or foreign archive says.
  readonly crc32?: number;
  readonly method?: number;
  readonly flags?: number;
  readonly entries?: number;
}

/** A zip archive of files, by name. */
export function zipOf(files: Readonly<Record<string, string | Buffer>>, options: ZipOptions = {}): Buffer {
  const [parts, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = Buffer.from(content);
    const packed = options.stored === true ? data : deflateRawSync(data);
    const method = options.method ?? (options.stored === true ? 0 : 8);
    const common = [u16(options.flags ?? 0), u16(method), u32(0), u32(options.crc32 ?? crc32(data))];
    const local = [
      u32(0x04034b50),
      u16(20),
      ...common,
      u32(packed.length),
      u32(data.length),
      u16(Buffer.byteLength(name)),
      u16(0),
      Buffer.from(name),
      packed,
    ];
    directory.push(...central(name, common, { packed: packed.length, size: data.length, offset, zip64: options.zip64 === true }));
    parts.push(...local);
    offset = Buffer.concat(parts).length;
  }
  const list = Buffer.concat(directory);
  const count = options.entries ?? Object.keys(files).length;
  return Buffer.concat([...parts, list, ...end(count, list.length, { offset, zip64: options.zip64 === true })]);
}

interface Place {
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
  readonly zip64: boolean;
}

function central(name: string, common: readonly Buffer[], { packed, size, offset, zip64 }: Place): readonly Buffer[] {
  const extra = zip64 ? Buffer.concat([u16(1), u16(24), u64(size), u64(packed), u64(offset)]) : Buffer.alloc(0);
  const narrow = (value: number): Buffer => u32(zip64 ? 0xffffffff : value);
  const lengths = [u16(Buffer.byteLength(name)), u16(extra.length), u16(0), u16(0), u16(0), u32(0)];
  return [u32(0x02014b50), u16(20), u16(20), ...common, narrow(packed), narrow(size), ...lengths, narrow(offset), Buffer.from(name), extra];
}

function end(count: number, bytes: number, { offset, zip64 }: { readonly offset: number; readonly zip64: boolean }): readonly Buffer[] {
  const plain = (entries: number, length: number, start: number): readonly Buffer[] => [
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(entries),
    u16(entries),
    u32(length),
    u32(start),
    u16(0),
  ];
  if (!zip64) return plain(count, bytes, offset);
  const record = [u32(0x06064b50), u64(44), u16(45), u16(45), u32(0), u32(0), u64(count), u64(count), u64(bytes), u64(offset)];
  const locator = [u32(0x07064b50), u32(0), u64(offset + bytes), u32(1)];
  return [...record, ...locator, ...plain(0xffff, 0xffffffff, 0xffffffff)];
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
