import { createHash } from 'node:crypto';

/** The one pattern of bits that stands for unknown. */
const QUIET_NAN = 0x7f_c0_00_00;

/** A row with every NaN as one pattern, so that the same features have the same bytes. */
export function canonicalRow(row: Float32Array): Float32Array {
  const copy = row.slice();
  const bits = new Uint32Array(copy.buffer);
  for (let at = 0; at < copy.length; at++) if (Number.isNaN(copy[at])) bits[at] = QUIET_NAN;
  return copy;
}

/** sha256 of a canonical row's bytes, little-endian. */
export function featureDigest(row: Float32Array): string {
  return createHash('sha256')
    .update(new Uint8Array(row.buffer, row.byteOffset, row.byteLength))
    .digest('hex');
}
