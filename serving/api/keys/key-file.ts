import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { messageOf, SluiceError, systemErrorCode } from '../../../pipeline/index.ts';
import { type Role, ROLES } from '../../roles.ts';

export const keyEntry = z.strictObject({
  /** Stands in the decision log as the officer. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._@-]*$/u, { error: 'letters, digits, spaces and . _ @ - only' }),
  role: z.enum(ROLES),
  /** Of the key. Keys are 256 random bits, which no dictionary holds, so that a salt or a slow hash adds nothing. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type KeyEntry = z.infer<typeof keyEntry>;

const keyFile = z.strictObject({ keys: z.array(keyEntry) });
const PREFIX = 'slk_';

export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** @throws SluiceError CONFIG_VALUE for a file that is not of keys, CONFIG_NOT_FOUND for one that is not there */
export async function readKeyFile(file: string): Promise<readonly KeyEntry[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SluiceError(
      systemErrorCode(error) === 'ENOENT' ? 'CONFIG_NOT_FOUND' : 'CONFIG_VALUE',
      `the file of keys ${file} cannot be read: ${messageOf(error)}`,
      { hint: `Make one with: sluice keys add NAME --role officer --keys ${file}`, cause: error },
    );
  });
  const parsed = keyFile.safeParse(parse(text));
  if (parsed.success) return parsed.data.keys;
  const [issue] = parsed.error.issues;
  throw new SluiceError('CONFIG_VALUE', `${file} is no file of keys: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`, {
    hint: 'It holds {"keys": [{"name", "role", "sha256"}]}; `sluice keys add` writes it.',
    at: { file },
  });
}

/** Adds a key and says it: it is kept nowhere else. @throws SluiceError USAGE for a name that is taken, CONFIG_VALUE for one that is none */
export async function addKey(file: string, { name, role }: { readonly name: string; readonly role: Role }): Promise<string> {
  const keys = await readIfThere(file);
  if (keys.some((entry) => entry.name === name)) {
    throw new SluiceError('USAGE', `there is a key for "${name}" already`, {
      hint: `Remove it first: sluice keys remove ${JSON.stringify(name)} --keys ${file}`,
    });
  }
  const key = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  const entry = keyEntry.safeParse({ name, role, sha256: hashKey(key) });
  if (!entry.success) {
    throw new SluiceError('CONFIG_VALUE', `${JSON.stringify(name)} is no name for a key: ${entry.error.issues[0]?.message ?? ''}`, {
      hint: 'Take the name that the decision log is to show, such as "amina".',
    });
  }
  await write(file, [...keys, entry.data]);
  return key;
}

/** @throws SluiceError USAGE for a name without a key */
export async function removeKey(file: string, name: string): Promise<void> {
  const keys = await readKeyFile(file);
  const kept = keys.filter((entry) => entry.name !== name);
  if (kept.length === keys.length) {
    throw new SluiceError('USAGE', `there is no key for "${name}"`, { hint: `There are: ${keys.map((entry) => entry.name).join(', ')}` });
  }
  await write(file, kept);
}

async function readIfThere(file: string): Promise<readonly KeyEntry[]> {
  try {
    return await readKeyFile(file);
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'CONFIG_NOT_FOUND') return [];
    throw error;
  }
}

async function write(file: string, keys: readonly KeyEntry[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  try {
    await writeFile(beside, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600, flush: true });
    await rename(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
