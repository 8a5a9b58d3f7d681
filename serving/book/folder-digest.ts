import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { inputDigest, inputFiles } from '../batch/batch-job.ts';

/** What was found when a folder was read last: spares reading it, and is not the digest. */
const recordSchema = z.strictObject({ stamps: z.string(), digest: z.string() });

/** The digest of a folder's files. Gigabytes are read again only where a size or a time of one has changed. @throws SluiceError SOURCE_MISSING */
export async function folderDigest(folder: string, recordsDir: string): Promise<string> {
  const record = join(recordsDir, `${createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 32)}.json`);
  const stamps = await stampsOf(folder);
  const known = recordSchema.safeParse(await readJson(record));
  if (known.success && stamps !== null && known.data.stamps === stamps) return known.data.digest;
  const digest = await inputDigest(folder);
  // What changed while it was read has other stamps now.
  if (stamps !== null && (await stampsOf(folder)) === stamps) {
    await mkdir(recordsDir, { recursive: true });
    const staging = `${record}.${process.pid}.part`;
    await writeFile(staging, JSON.stringify({ stamps, digest } satisfies z.infer<typeof recordSchema>));
    await rename(staging, record);
  }
  return digest;
}

async function stampsOf(folder: string): Promise<string | null> {
  const files = await inputFiles(folder).catch(() => null);
  if (files === null) return null;
  const stamps = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs, ctimeMs, ino } = await stat(join(folder, file));
      return [file, size, mtimeMs, ctimeMs, ino].join(' ');
    }),
  );
  return createHash('sha256').update(stamps.join('\n')).digest('hex');
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null; // not there, or not whole
  }
}
