import { type FileHandle, open } from 'node:fs/promises';
import { badZip } from './bad-zip.ts';
import type { ZipEntry } from './zip-entry.ts';

// Signatures and layouts: PKWARE APPNOTE 6.3, sections 4.3.12 to 4.3.16 and 4.5.3.
const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const LOCATOR_64 = 0x07064b50;
const LOCATOR_64_BYTES = 20;
const END_64 = 0x06064b50;
const END_64_BYTES = 56;
const HEADER = 0x02014b50;
const HEADER_BYTES = 46;
/** Stands where the number does not fit: the zip64 field has it. */
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;
/** More than any archive of eight tables has; a damaged length must not be allocated. */
const LARGEST_DIRECTORY = 1 << 26;

interface Directory {
  readonly entries: number;
  readonly bytes: number;
  readonly offset: number;
}

/**
 * The files of a zip archive, zip64 included, in the order of its central directory; folders are left out.
 * @throws SluiceError DATA_MALFORMED for a file that is no zip, is truncated, or is one volume of several
 */
export async function readZip(archive: string): Promise<readonly ZipEntry[]> {
  const handle = await open(archive);
  try {
    const directory = await findDirectory(handle, archive);
    const bytes = await readAt(handle, directory.offset, directory.bytes);
    return parseDirectory(bytes, archive, directory.entries).filter(({ name }) => !name.endsWith('/'));
  } finally {
    await handle.close();
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function findDirectory(handle: FileHandle, archive: string): Promise<Directory> {
  const { size } = await handle.stat();
  const tailStart = Math.max(0, size - END_BYTES - LONGEST_COMMENT);
  const tail = await readAt(handle, tailStart, size - tailStart);
  let at = tail.length - END_BYTES;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at--;
  if (at < 0) {
    const begun = size >= 4 && (await readAt(handle, 0, 4)).toString('latin1').startsWith('PK');
    throw badZip(archive, begun ? 'is truncated: its list of files, which stands at the end, is not there' : 'is not a zip archive');
  }
  const end = tail.subarray(at);
  if (end.readUInt16LE(4) !== 0 && end.readUInt16LE(4) !== FULL_16) {
    throw badZip(archive, 'is one volume of several', 'Join the volumes: zip -s 0 ARCHIVE --out whole.zip');
  }
  const directory = { entries: end.readUInt16LE(10), bytes: end.readUInt32LE(12), offset: end.readUInt32LE(16) };
  const is64 = directory.entries === FULL_16 || directory.bytes === FULL_32 || directory.offset === FULL_32;
  const found = is64 ? await findDirectory64(handle, tailStart + at, directory) : directory;
  if (found.offset + found.bytes > size || found.bytes > LARGEST_DIRECTORY) {
    throw badZip(archive, `is truncated: it has ${size} bytes, and its list of files says that there are more`);
  }
  return found;
}

async function findDirectory64(handle: FileHandle, endAt: number, plain: Directory): Promise<Directory> {
  const locator = await readAt(handle, Math.max(0, endAt - LOCATOR_64_BYTES), LOCATOR_64_BYTES);
  if (locator.length < LOCATOR_64_BYTES || locator.readUInt32LE(0) !== LOCATOR_64) return plain;
  const end = await readAt(handle, Number(locator.readBigUInt64LE(8)), END_64_BYTES);
  if (end.length < END_64_BYTES || end.readUInt32LE(0) !== END_64) return plain;
  return { entries: Number(end.readBigUInt64LE(32)), bytes: Number(end.readBigUInt64LE(40)), offset: Number(end.readBigUInt64LE(48)) };
}

function parseDirectory(bytes: Buffer, archive: string, count: number): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + HEADER_BYTES > bytes.length) throw badZip(archive, 'is damaged: its list of files ends too early');
    if (bytes.readUInt32LE(at) !== HEADER)
      throw badZip(archive, `is damaged: entry ${entries.length + 1} of its list of files cannot be read`);
    const header = bytes.subarray(at, at + HEADER_BYTES);
    const [nameLength, extraLength, commentLength] = [header.readUInt16LE(28), header.readUInt16LE(30), header.readUInt16LE(32)];
    const nameAt = at + HEADER_BYTES;
    entries.push({
      archive,
      name: bytes.toString('utf8', nameAt, nameAt + nameLength),
      method: header.readUInt16LE(10),
      encrypted: (header.readUInt16LE(8) & 1) === 1,
      crc32: header.readUInt32LE(16),
      ...sizes(header, bytes.subarray(nameAt + nameLength, nameAt + nameLength + extraLength)),
    });
    at = nameAt + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** The zip64 field holds those of the three numbers that the header has no room for, in this order. */
function sizes(header: Buffer, extra: Buffer): Pick<ZipEntry, 'size' | 'packedSize' | 'offset'> {
  const field = zip64Field(extra);
  let at = 0;
  const wide = (narrow: number): number => {
    if (narrow !== FULL_32 || field === null || at + 8 > field.length) return narrow;
    at += 8;
    return Number(field.readBigUInt64LE(at - 8));
  };
  const size = wide(header.readUInt32LE(24));
  const packedSize = wide(header.readUInt32LE(20));
  return { size, packedSize, offset: wide(header.readUInt32LE(42)) };
}

function zip64Field(extra: Buffer): Buffer | null {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  }
  return null;
}
