import type { DuckDBVector } from '@duckdb/node-api';

/** By name: to ask for the classes themselves would load DuckDB with every command, 0.1 s, whether it opens a table or not. */
const PLAIN = new Set(['DuckDBDoubleVector', 'DuckDBFloatVector', 'DuckDBIntegerVector', 'DuckDBSmallIntVector', 'DuckDBTinyIntVector']);

/**
 * Writes a vector's values into `target` from `start` on, `step` apart; null becomes NaN. Of plain numbers without a call a value: `getItem` tests one bit of a
 * 64-bit BigInt each time, which takes more time than all else. Where the vector is not made as this version of the library makes it, by `getItem`.
 */
export function copyNumbers(
  vector: DuckDBVector,
  target: Float64Array | Float32Array,
  { count, start, step }: { readonly count: number; readonly start: number; readonly step: number },
): void {
  const raw = PLAIN.has(vector.constructor.name) ? rawNumbers(vector) : null;
  if (raw === null) {
    for (let row = 0, at = start; row < count; row++, at += step) {
      const value: unknown = vector.getItem(row);
      target[at] = value === null ? Number.NaN : Number(value);
    }
    return;
  }
  const { items, bits } = raw;
  if (bits === null) for (let row = 0, at = start; row < count; row++, at += step) target[at] = items[row] ?? Number.NaN;
  else
    for (let row = 0, at = start; row < count; row++, at += step)
      target[at] = (((bits[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1 ? (items[row] ?? Number.NaN) : Number.NaN;
}

interface RawNumbers {
  readonly items: ArrayLike<number>;
  /** One bit a row, set where it has a value, the lowest first; null: all have. */
  readonly bits: Uint32Array | null;
}

function rawNumbers(vector: DuckDBVector): RawNumbers | null {
  const items: unknown = Reflect.get(vector, 'items');
  const validity: unknown = Reflect.get(vector, 'validity');
  if (!isNumbers(items) || typeof validity !== 'object' || validity === null) return null;
  const data: unknown = Reflect.get(validity, 'data');
  if (data === null) return { items, bits: null };
  if (!(data instanceof BigUint64Array) || Reflect.get(validity, 'offset') !== 0) return null;
  return { items, bits: new Uint32Array(data.buffer, data.byteOffset, data.length * 2) };
}

function isNumbers(items: unknown): items is ArrayLike<number> {
  return [Float64Array, Float32Array, Int32Array, Int16Array, Int8Array].some((kind) => items instanceof kind);
}
