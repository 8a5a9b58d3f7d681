import { readFile } from 'node:fs/promises';
import { digestOfJson } from '../fingerprint/digest.ts';
import { systemErrorCode } from '../util/error-code.ts';
import { writeAtomic } from './write-atomic.ts';

/** Writes a small record with a digest of itself, so that a changed bit in it is found when it is read. */
export async function writeSealed(path: string, record: Readonly<Record<string, unknown>>): Promise<void> {
  await writeAtomic(path, JSON.stringify({ ...record, seal: digestOfJson(record) }, null, 1));
}

/** @returns null for a record that is not there, or is not what was written */
export async function readSealed(path: string): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    const { seal, ...record } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    return seal === digestOfJson(record) ? record : null;
  } catch (error) {
    if (error instanceof SyntaxError || systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
