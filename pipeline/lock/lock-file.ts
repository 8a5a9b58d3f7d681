import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { SluiceError } from '../errors/sluice-error.ts';
import { toStoreError } from '../store/store-error.ts';
import { systemErrorCode } from '../util/error-code.ts';
import { replaceFile } from '../util/replace-file.ts';
import { type Lock, lockSchema } from './lock-schema.ts';

const HEAD = '# What the last whole run made. Written by "sluice run --lock"; commit it, and read its changes in the diff.\n';

export function lockPath(projectDir: string): string {
  return join(projectDir, 'sluice.lock');
}

/** @returns null where there is no lock @throws SluiceError LOCK_FILE when it cannot be read: a merge conflict, another version, an edit */
export async function readLock(projectDir: string): Promise<Lock | null> {
  const file = lockPath(projectDir);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw toStoreError(error, file);
  }
  return parseLock(text, file);
}

export function parseLock(text: string, file: string): Lock {
  const conflict = text.split('\n').findIndex((line) => /^(<{7}|={7}|>{7})( |$)/.test(line));
  if (conflict >= 0) throw refusal(file, 'holds a merge conflict', conflict + 1);
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw refusal(file, 'is not YAML', error instanceof YAMLParseError ? error.linePos?.[0].line : undefined);
  }
  const version: unknown = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (typeof version === 'number' && version > 1)
    throw refusal(file, `has schema ${version}, which a newer Sluice wrote; this one knows 1`);
  const parsed = lockSchema.safeParse(value);
  if (!parsed.success) throw refusal(file, `is not a lock: ${z.prettifyError(parsed.error).split('\n').join(' ')}`);
  return parsed.data;
}

function refusal(file: string, what: string, line?: number): SluiceError {
  return new SluiceError('LOCK_FILE', `sluice.lock ${what}`, {
    at: { file, ...(line === undefined ? {} : { line, column: 1 }) },
    hint: 'Write it anew from a whole run: sluice run --lock',
  });
}

/** The text of a lock: stages and keys sorted, one value a line, so that a change is a small diff. */
export function lockText(lock: Lock): string {
  return `${HEAD}${stringify(lock, { lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: false })}`;
}

/** @returns whether the file changed */
export async function writeLock(projectDir: string, lock: Lock): Promise<boolean> {
  const file = lockPath(projectDir);
  const text = lockText(lock);
  const before = await readFile(file, 'utf8').catch(() => null);
  if (before === text) return false;
  try {
    replaceFile(file, text);
  } catch (error) {
    throw toStoreError(error, file);
  }
  return true;
}
