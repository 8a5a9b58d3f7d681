import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { messageOf, systemErrorCode } from '../../../pipeline/index.ts';
import { badZip } from './bad-zip.ts';
import type { ZipEntry } from './zip-entry.ts';

const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATE = 8;
const CHUNK_BYTES = 1 << 18;

/**
 * Unpacks one entry into a file and proves its length and checksum.
 * @throws SluiceError DATA_MALFORMED for an entry that is damaged, encrypted, or packed by a method other than deflate
 */
export async function unpackEntry(entry: ZipEntry, path: string, signal: AbortSignal): Promise<void> {
  const { archive, name, method } = entry;
  const again = `Unpack it by other means and put ${name} beside it.`;
  if (entry.encrypted) throw badZip(archive, `is locked by a password: ${name} cannot be read`, again);
  if (method !== STORED && method !== DEFLATE)
    throw badZip(archive, `holds ${name} packed by method ${method}; deflate (8) and stored (0) are read`, again);
  const start = await contentStart(entry);
  const proof = new Proof();
  const packed: Readable =
    entry.packedSize === 0
      ? Readable.from([])
      : createReadStream(archive, { start, end: start + entry.packedSize - 1, highWaterMark: CHUNK_BYTES });
  const steps = method === DEFLATE ? [createInflateRaw({ chunkSize: CHUNK_BYTES }), proof] : [proof];
  try {
    await pipeline([packed, ...steps, createWriteStream(path)], { signal });
  } catch (error) {
    if (systemErrorCode(error)?.startsWith('Z_') !== true) throw error;
    throw badZip(archive, `is damaged: ${name} cannot be unpacked (${messageOf(error)})`);
  }
  if (proof.bytes !== entry.size) throw badZip(archive, `is damaged: ${name} has ${proof.bytes} bytes instead of ${entry.size}`);
  if (proof.crc !== entry.crc32) throw badZip(archive, `is damaged: the checksum of ${name} is not the one it was packed with`);
}

/** Name and extra field of the local header may be longer than those of the central directory. */
async function contentStart({ archive, name, offset }: ZipEntry): Promise<number> {
  const handle = await open(archive);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LOCAL_HEADER_BYTES), 0, LOCAL_HEADER_BYTES, offset);
    if (bytesRead < LOCAL_HEADER_BYTES || buffer.readUInt32LE(0) !== LOCAL_HEADER) {
      throw badZip(archive, `is damaged: ${name} is not where its list of files says`);
    }
    return offset + LOCAL_HEADER_BYTES + buffer.readUInt16LE(26) + buffer.readUInt16LE(28);
  } finally {
    await handle.close();
  }
}

/** Counts and sums what passes through. */
class Proof extends Transform {
  bytes = 0;
  crc = 0;

  override _transform(chunk: Buffer, _: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.bytes += chunk.length;
    this.crc = crc32(chunk, this.crc);
    done(null, chunk);
  }
}
