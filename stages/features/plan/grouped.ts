import type { Expression } from './scalar-functions.ts';
import type { Row, Value } from './values.ts';

/** Rows by the values of some expressions; null is a value like any other. */
export function grouped(rows: readonly Row[], keys: readonly Expression[]): ReadonlyMap<Value, readonly Row[]> {
  const groups = new Map<Value, Row[]>();
  for (const row of rows) {
    const key = keyOf(row, keys);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/** One value that is the same where all of these are. Keys of a query have one type each, so text does not mix them up. */
export function keyOf(row: Row, keys: readonly Expression[]): Value {
  const [first, ...others] = keys;
  if (first === undefined) return null;
  return others.length === 0 ? first(row) : JSON.stringify(keys.map((key) => String(key(row))));
}
