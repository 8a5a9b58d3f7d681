import { NotInterpreted } from './plan-node.ts';
import { extreme, type Value, type ValueType, within } from './values.ts';

export type Expression = (row: readonly Value[]) => Value;

/** A function by name over its arguments. Null of null, but for those that say otherwise. */
export function scalarFunction(name: string, type: ValueType, args: readonly Expression[]): Expression {
  switch (name) {
    case '+':
    case '-':
    case '*':
      return args.length === 1 ? negated(only(args), type) : arithmetic(name, type, pair(args));
    case '/':
      if (type.kind !== 'real') throw new NotInterpreted(`division of ${type.id}`);
      return binary(pair(args), (a, b) => a / b);
    case 'isfinite':
      return unary(only(args), Number.isFinite);
    case 'sqrt':
    case 'cos':
    case 'sin':
      return unary(only(args), Math[name]);
    case 'greatest':
    case 'least':
      return (row) => extreme(args, (arg) => arg(row), name === 'greatest' ? 1 : -1);
    case 'round':
      if (args.length > 1 || type.id !== 'DOUBLE') throw new NotInterpreted('round to digits');
      return unary(only(args), roundAwayFromZero);
    case 'contains':
      return strict(pair(args), (text, part) => String(text).includes(String(part)));
    case 'concat_ws':
      return joined(args);
    case 'starts_with':
      return strict(pair(args), (text, start) => String(text).startsWith(String(start)));
    case 'list_value':
      return (row) => args.map((arg) => arg(row));
    case 'list_position':
      return strict(pair(args), (list, value) => (Array.isArray(list) ? list.indexOf(value) + 1 || null : null));
    default:
      throw new NotInterpreted(`function ${name}`);
  }
}

function only([first]: readonly Expression[]): Expression {
  if (first === undefined) throw new NotInterpreted('a function without arguments');
  return first;
}

function pair([first, second]: readonly Expression[]): readonly [Expression, Expression] {
  if (first === undefined || second === undefined) throw new NotInterpreted('a function that lacks an argument');
  return [first, second];
}

type Known = Exclude<Value, null>;

function strict([first, second]: readonly [Expression, Expression], of: (a: Known, b: Known) => Value): Expression {
  return (row) => {
    const a = first(row);
    if (a === null) return null;
    const b = second(row);
    return b === null ? null : of(a, b);
  };
}

function unary(arg: Expression, of: (value: number) => Value): Expression {
  return (row) => {
    const value = arg(row);
    return value === null ? null : of(Number(value));
  };
}

const binary = (args: readonly [Expression, Expression], of: (a: number, b: number) => Value): Expression =>
  strict(args, (a, b) => of(Number(a), Number(b)));

/** Halves away from zero, as C rounds; infinities and NaN stay. */
function roundAwayFromZero(value: number): number {
  const size = Math.abs(value);
  const floor = Math.floor(size);
  return Math.sign(value) * (size - floor >= 0.5 ? floor + 1 : floor);
}

/** Texts with a separator between them; those that are null are left out. */
function joined([separator, ...texts]: readonly Expression[]): Expression {
  return (row) => {
    const between = separator?.(row) ?? null;
    if (between === null) return null;
    return texts
      .map((text) => text(row))
      .filter((text) => text !== null)
      .join(String(between));
  };
}

const SMALL: Readonly<Record<string, readonly [number, number]>> = {
  TINYINT: [-128, 127],
  UTINYINT: [0, 255],
  INTEGER: [-(2 ** 31), 2 ** 31 - 1],
};

function arithmetic(name: '+' | '-' | '*', type: ValueType, args: readonly [Expression, Expression]): Expression {
  if (type.kind === 'exact') {
    const of = { '+': (a: bigint, b: bigint) => a + b, '-': (a: bigint, b: bigint) => a - b, '*': (a: bigint, b: bigint) => a * b }[name];
    return strict(args, (a, b) => within(of(exact(a), exact(b)), type));
  }
  const of = { '+': (a: number, b: number) => a + b, '-': (a: number, b: number) => a - b, '*': (a: number, b: number) => a * b }[name];
  if (type.id === 'DOUBLE') return binary(args, of);
  return binary(args, (a, b) => bounded(of(a, b), type));
}

function negated(arg: Expression, type: ValueType): Expression {
  if (type.kind === 'exact') {
    return (row) => {
      const value = arg(row);
      return value === null ? null : within(-exact(value), type);
    };
  }
  return unary(arg, (value) => (type.id === 'DOUBLE' ? -value : bounded(0 - value, type)));
}

function bounded(value: number, { id }: ValueType): number {
  const [least, most] = SMALL[id] ?? [0, -1];
  if (value < least || value > most) throw new NotInterpreted(`${id} overflows`);
  return value;
}

function exact(value: Known): bigint {
  if (typeof value !== 'bigint') throw new NotInterpreted(`${String(value)} is not exact`);
  return value;
}
