import { assertNever } from '../../pipeline/index.ts';
import type { Column, RawType } from '../tables/column.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
}

const TYPE_BOUNDS: Readonly<Record<Exclude<RawType, 'VARCHAR'>, Bounds>> = {
  TINYINT: { min: -128, max: 127 },
  INTEGER: { min: -2_147_483_648, max: 2_147_483_647 },
  DOUBLE: { min: -Number.MAX_VALUE, max: Number.MAX_VALUE },
};

/** The smallest and largest number that ingest lets through: the type's bounds, and the declared range of a strict column. */
export function enforcedBounds(column: Column): Bounds {
  if (column.type === 'VARCHAR') return { min: -Infinity, max: Infinity };
  const { min, max } = TYPE_BOUNDS[column.type];
  return column.strict === true ? { min: Math.max(min, column.min ?? min), max: Math.min(max, column.max ?? max) } : { min, max };
}

/**
 * What is wrong with a number, or null when it is fine: the same rule that {@link strictNumberSql} states in SQL.
 * @param value null for an empty field
 */
export function numberFault(column: Column, value: number | null): string | null {
  if (value === null) return column.strict === true ? 'is empty' : null;
  if (!Number.isFinite(value)) return 'is not a finite number';
  if (column.type !== 'DOUBLE' && !Number.isInteger(value)) return 'is not a whole number';
  const { min, max } = enforcedBounds(column);
  return value < min || value > max ? `is not between ${min} and ${max}` : null;
}

/** Condition that holds for a good value of `expression`, a DOUBLE that is not null. */
export function goodNumberSql(column: Column, expression: string): string {
  const { min, max } = enforcedBounds(column);
  switch (column.type) {
    case 'DOUBLE':
      return `isfinite(${expression})`;
    case 'INTEGER':
    case 'TINYINT':
      return `${expression} = trunc(${expression}) and ${expression} between ${min} and ${max}`;
    case 'VARCHAR':
      return 'true';
    default:
      return assertNever(column.type);
  }
}

/**
 * Casts a DOUBLE to the declared type and stops the query at a bad value. A plain cast would round 2.5 to an integer and let
 * infinity through.
 */
export function strictNumberSql(column: Column, expression: string): string {
  const empty = column.strict === true ? `error('strict')` : 'null';
  const good = goodNumberSql(column, expression);
  return `case when ${expression} is null then ${empty} when ${good} then cast(${expression} as ${column.type}) else error('strict') end`;
}
