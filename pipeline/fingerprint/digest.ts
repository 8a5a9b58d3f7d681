import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Brand } from '../util/brand.ts';
import { canonicalJson } from './canonical-json.ts';

/** A sha256 in 64 hex digits. */
export type Digest = Brand<string, 'Digest'>;

const HEX64 = /^[0-9a-f]{64}$/;

/** @throws TypeError when the text is not 64 hex digits */
export function asDigest(text: string): Digest {
  if (!HEX64.test(text)) throw new TypeError(`not a sha256: ${text}`);
  return text as Digest;
}

export function digestOf(bytes: string | Uint8Array): Digest {
  return createHash('sha256').update(bytes).digest('hex') as Digest;
}

export function digestOfJson(value: unknown): Digest {
  return digestOf(canonicalJson(value));
}

/** Streams a file through sha256, a megabyte at a time. */
export async function digestOfFile(path: string): Promise<Digest> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex') as Digest;
}
