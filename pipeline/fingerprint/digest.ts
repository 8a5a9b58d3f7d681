import type { Hash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Brand } from '../util/brand.ts';
import { canonicalJson } from './canonical-json.ts';

/** A sha256 in 64 hex digits. */
export type Digest = Brand<string, 'Digest'>;

const HEX64 = /^[0-9a-f]{64}$/;

export function isDigest(text: string): text is Digest {
  return HEX64.test(text);
}

/** @throws TypeError when the text is not 64 hex digits */
export function asDigest(text: string): Digest {
  if (!isDigest(text)) throw new TypeError(`not a sha256: ${text}`);
  return text;
}

/** Loads node:crypto when something is hashed: 5 ms that a stage's child with small outputs does not pay. */
function sha256(): Hash {
  return process.getBuiltinModule('node:crypto').createHash('sha256');
}

export function digestOf(bytes: string | Uint8Array): Digest {
  return sha256().update(bytes).digest('hex') as Digest;
}

export function digestOfJson(value: unknown): Digest {
  return digestOf(canonicalJson(value));
}

/** As much of a file as is read at once. */
const BLOCK_BYTES = 1 << 20;

/**
 * Puts a file through sha256, a megabyte at a time; a small one, of which there are many, in one blocking call: handing four calls to
 * another thread takes longer than the reading.
 */
export async function digestOfFile(path: string): Promise<Digest> {
  if (statSync(path).size <= BLOCK_BYTES) return digestOf(readFileSync(path));
  const hash = sha256();
  await pipeline(createReadStream(path, { highWaterMark: BLOCK_BYTES }), hash);
  return hash.digest('hex') as Digest;
}
