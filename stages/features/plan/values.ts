import { NotInterpreted, type PlanNode } from './plan-node.ts';

/** Whole numbers of 32 bits and doubles are numbers; larger ones and decimals, as their unscaled whole number, bigint. */
export type Value = number | bigint | string | boolean | null | readonly Value[];
export type Row = readonly Value[];

export interface ValueType {
  readonly kind: 'boolean' | 'exact' | 'list' | 'real' | 'small' | 'text';
  /** As DuckDB calls it, without width and scale. */
  readonly id: string;
  /** Digits of a decimal, in all and after the point; 0 for other types. */
  readonly width: number;
  readonly scale: number;
}

const KINDS: Readonly<Record<string, ValueType['kind']>> = {
  BOOLEAN: 'boolean',
  UTINYINT: 'small',
  TINYINT: 'small',
  INTEGER: 'small',
  BIGINT: 'exact',
  HUGEINT: 'exact',
  DECIMAL: 'exact',
  DOUBLE: 'real',
  FLOAT: 'real',
  VARCHAR: 'text',
  LIST: 'list',
};

export function typeOf(type: PlanNode): ValueType {
  const id = type.text('id');
  const kind = KINDS[id];
  if (kind === undefined) throw new NotInterpreted(`type ${id}`);
  const info = id === 'DECIMAL' ? type.node('type_info') : null;
  return { kind, id, width: info?.number('width') ?? 0, scale: info?.number('scale') ?? 0 };
}

/** Order of SQL: NaN is the largest number and equal to itself. Neither may be null. */
export function compare(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number' && (Number.isNaN(a) || Number.isNaN(b)))
    return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  if (a === null || b === null) throw new RangeError('null has no order');
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The largest (1) or the smallest (-1) of the values that are known; null where none is. */
export function extreme<T>(items: readonly T[], valueOf: (item: T) => Value, sign: 1 | -1): Value {
  let best: Value = null;
  for (const item of items) {
    const value = valueOf(item);
    if (value !== null && (best === null || compare(value, best) * sign > 0)) best = value;
  }
  return best;
}

/** The constant of a plan. Of a HUGEINT or a wide decimal upper and lower 64 bits are apart. */
export function constantOf(value: PlanNode): Value {
  if (value.has('is_null')) return null;
  const [{ kind, id }, raw] = [typeOf(value.node('type')), value.raw('value')];
  if (kind === 'list') return value.node('value').nodes('children').map(constantOf);
  if (kind === 'boolean' || kind === 'text') {
    if (typeof raw === 'boolean' || typeof raw === 'string') return raw;
    throw new NotInterpreted(`constant of ${id}`);
  }
  // A double is written with all the digits that it has.
  if (kind === 'real' && typeof raw === 'number') return raw;
  if (kind !== 'exact') return number(raw);
  return typeof raw === 'number'
    ? BigInt(number(raw))
    : (BigInt(number(value.node('value').raw('upper'))) << 64n) + BigInt(number(value.node('value').raw('lower')));
}

function number(raw: unknown): number {
  // JSON of larger ones has lost its last digits.
  if (typeof raw !== 'number' || (Number.isInteger(raw) && Math.abs(raw) > Number.MAX_SAFE_INTEGER))
    throw new NotInterpreted(`constant ${String(raw)}`);
  return raw;
}

const LIMITS: Readonly<Record<string, bigint>> = { BIGINT: 1n << 63n, HUGEINT: 1n << 127n };

/** Bounds of a type that DuckDB refuses to leave. @throws NotInterpreted beyond them: DuckDB says what it has to say */
export function within(value: bigint, { id, width }: ValueType): bigint {
  const limit = LIMITS[id] ?? 10n ** BigInt(width);
  if (value >= limit || value < -limit || (id === 'DECIMAL' && value === -limit)) throw new NotInterpreted(`${id} overflows`);
  return value;
}
