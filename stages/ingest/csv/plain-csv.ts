import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { messageOf, SluiceError, systemErrorCode } from '../../../pipeline/index.ts';
import type { RawFile } from '../raw-file.ts';
import { unpackEntry } from '../zip/unpack-entry.ts';

export interface PlainCsv {
  readonly path: string;
  /** A copy that the caller removes when it is done. */
  readonly temporary: boolean;
}

/**
 * The file itself, or its unpacked copy where it lies in a zip archive or its first bytes say gzip, whatever its name. DuckDB
 * takes a truncated .gz for a short file and reads packed files on one thread; zlib checks lengths and sums.
 * @throws SluiceError DATA_MALFORMED for a damaged or truncated .gz or .zip
 */
export async function plainCsv(file: RawFile, tempDir: string, signal: AbortSignal): Promise<PlainCsv> {
  const path = join(tempDir, `${file.table}.csv`);
  if (file.entry !== undefined) {
    await unpackEntry(file.entry, path, signal);
    return { path, temporary: true };
  }
  if (!(await isGzip(file.path))) return { path: file.path, temporary: false };
  try {
    await pipeline(createReadStream(file.path, { highWaterMark: 1 << 18 }), createGunzip({ chunkSize: 1 << 18 }), createWriteStream(path), {
      signal,
    });
  } catch (error) {
    if (systemErrorCode(error)?.startsWith('Z_') !== true) throw error;
    const reason = messageOf(error);
    throw new SluiceError(
      'DATA_MALFORMED',
      `${file.name} cannot be unpacked: ${reason === 'unexpected end of file' ? 'it is truncated' : `it is damaged (${reason})`}`,
      {
        hint: `Copy or download it again; "gzip -t ${file.name}" tells whether a copy is whole.`,
        at: { file: file.path },
        cause: error,
      },
    );
  }
  return { path, temporary: true };
}

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}
