import { decimalToFloat, wholeToFloat } from './exact-to-float.ts';
import { NotInterpreted } from './plan-node.ts';
import { type Value, type ValueType, within } from './values.ts';

type Cast = (value: Exclude<Value, null>) => Value;

/** What a cast makes of a value that is not null. Null is what try_cast makes of a value that does not fit. */
export function castOf(from: ValueType, to: ValueType, isTry: boolean): Cast {
  const cast = castBetween(from, to);
  if (cast === null) throw new NotInterpreted(`cast of ${from.id} to ${to.id}`);
  if (isTry) return cast;
  return (value) => {
    const made = cast(value);
    if (made === null) throw new NotInterpreted(`${String(value)} is no ${to.id}`);
    return made;
  };
}

function castBetween(from: ValueType, to: ValueType): Cast | null {
  if (from.id === to.id && from.width === to.width && from.scale === to.scale) return (value) => value;
  switch (`${from.kind} to ${to.kind}`) {
    case 'boolean to small':
      return Number;
    case 'small to real':
      return to.id === 'FLOAT' ? (value) => Math.fround(Number(value)) : (value) => value;
    case 'real to real':
      return to.id === 'FLOAT' ? doubleToFloat : (value) => value;
    case 'exact to real':
      return exactToReal(from, to);
    case 'real to small':
      return to.id === 'INTEGER' ? doubleToInteger : null;
    case 'real to exact':
      return to.id === 'DECIMAL' ? doubleToDecimal(to) : to.id === 'BIGINT' ? doubleToBigint : null;
    case 'small to text':
      return String;
    case 'real to text':
      return from.id === 'DOUBLE' ? doubleToText : null;
    case 'small to small':
    case 'exact to small':
      return to.id === 'INTEGER' ? (value) => fitting(Number(value)) : null;
    case 'small to exact':
    case 'exact to exact':
      return rescaled(from, to);
    default:
      return null;
  }
}

function exactToReal(from: ValueType, to: ValueType): Cast {
  const round = to.id === 'FLOAT' ? Math.fround : same;
  if (from.id === 'DECIMAL') return (value) => decimalToFloat(exact(value), from, round);
  return (value) => wholeToFloat(exact(value), from.id === 'HUGEINT', round);
}

const same = (value: number): number => value;

const exact = (value: Exclude<Value, null>): bigint => {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  throw new NotInterpreted(`${String(value)} is not exact`);
};

/** An infinite double stays, a finite one that is too large does not fit. */
function doubleToFloat(value: Exclude<Value, null>): Value {
  const rounded = Math.fround(Number(value));
  return Number.isFinite(rounded) || !Number.isFinite(value) ? rounded : null;
}

/** To the nearest, ties to even. */
function doubleToInteger(value: Exclude<Value, null>): Value {
  const number = Number(value);
  return fitting(number, roundHalfEven(number));
}

function roundHalfEven(number: number): number {
  const floor = Math.floor(number);
  const rest = number - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

/** To the nearest, ties to even. */
function doubleToBigint(value: Exclude<Value, null>): Value {
  const number = Number(value);
  // From 2^52 on every double is whole.
  if (Math.abs(number) >= 2 ** 52) return Math.abs(number) < 2 ** 63 ? BigInt(number) : null;
  return Number.isNaN(number) ? null : BigInt(roundHalfEven(number));
}

/** The shortest digits that read back the same, where both write them as plain decimals. */
function doubleToText(value: Exclude<Value, null>): Value {
  const number = Number(value);
  const size = Math.abs(number);
  if (!(size >= 1e-4 && size < 1e15)) throw new NotInterpreted(`${number} as text`);
  return Number.isInteger(number) ? `${number}.0` : String(number);
}

const fitting = (value: number, rounded = value): Value => (value >= -(2 ** 31) && value < 2 ** 31 ? rounded + 0 : null);

/** To the nearest, ties away from zero. */
function doubleToDecimal({ width, scale }: ValueType): Cast {
  const [power, limit] = [10 ** scale, 10 ** width];
  return (value) => {
    const scaled = Number(value) * power;
    const rounded = Math.abs(scaled) < 2 ** 52 ? Math.sign(scaled) * roundHalfUp(Math.abs(scaled)) : scaled;
    return rounded > -limit && rounded < limit ? BigInt(rounded) : null;
  };
}

/** Math.round adds a half, which is one too many just below a half. */
function roundHalfUp(size: number): number {
  const floor = Math.floor(size);
  return size - floor >= 0.5 ? floor + 1 : floor;
}

function rescaled(from: ValueType, to: ValueType): Cast | null {
  if (to.scale < from.scale) return null;
  const by = 10n ** BigInt(to.scale - from.scale);
  return (value) => within(exact(value) * by, to);
}
