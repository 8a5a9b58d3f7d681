import { meanToDouble } from './exact-to-float.ts';
import { expressionOf, resultType } from './expressions.ts';
import { NotInterpreted, type PlanNode } from './plan-node.ts';
import type { Expression } from './scalar-functions.ts';
import { compare, extreme, type Row, type Value } from './values.ts';

export type Aggregate = (rows: readonly Row[]) => Value;

/** An aggregate of a plan as a function of a group's rows: of those that its FILTER lets through. */
export function aggregateOf(node: PlanNode): Aggregate {
  const aggregate = unfiltered(node);
  if (!node.has('filter')) return aggregate;
  const passes = expressionOf(node.node('filter'));
  return (rows) => aggregate(rows.filter((row) => passes(row) === true));
}

function unfiltered(node: PlanNode): Aggregate {
  const args = node.nodes('children').map(expressionOf);
  const [first = () => 1, second = first] = args;
  if (node.has('order_bys')) throw new NotInterpreted('an aggregate with ORDER BY');
  const distinct = node.text('aggregate_type') === 'DISTINCT';
  const name = `${distinct ? 'distinct ' : ''}${node.text('name')}`;
  switch (name) {
    case 'count_star':
      return (rows) => BigInt(rows.length);
    case 'count':
      return (rows) => BigInt(count(rows, first));
    case 'distinct count':
      return (rows) => BigInt(new Set(rows.map(first).filter((value) => value !== null)).size);
    case 'min':
    case 'max':
      return (rows) => extreme(rows, first, name === 'max' ? 1 : -1);
    case 'sum':
      if (resultType(node).kind !== 'exact') throw new NotInterpreted('a sum of doubles');
      return (rows) => sum(rows, first)?.total ?? null;
    case 'avg':
      return mean(first, node);
    case 'any_value':
      return (rows) => rows.map(first).find((value) => value !== null) ?? null;
    case 'min_by':
      return firstBy(first, second);
    default:
      throw new NotInterpreted(`aggregate ${name}`);
  }
}

function count(rows: readonly Row[], of: Expression): number {
  let known = 0;
  for (const row of rows) if (of(row) !== null) known++;
  return known;
}

/** Null where nothing is known. */
function sum(rows: readonly Row[], of: Expression): { readonly total: bigint; readonly known: number } | null {
  // Small whole numbers are added as such as long as their sum is one.
  let [total, small, known] = [0n, 0, 0];
  for (const row of rows) {
    const value = of(row);
    if (value === null) continue;
    known++;
    if (typeof value === 'bigint') total += value;
    else small += Number(value);
  }
  return known === 0 ? null : { total: total + BigInt(small), known };
}

function mean(of: Expression, node: PlanNode): Aggregate {
  const [argument] = node.nodes('children');
  const type = argument === undefined ? null : resultType(argument);
  if (type === null || (type.kind !== 'exact' && type.kind !== 'small')) throw new NotInterpreted('a mean of doubles');
  return (rows) => {
    const found = sum(rows, of);
    return found === null ? null : meanToDouble(found.total, found.known, type.scale);
  };
}

function firstBy(of: Expression, by: Expression): Aggregate {
  return (rows) => {
    let [least, found]: [Value, Value] = [null, null];
    for (const row of rows) {
      const [value, key] = [of(row), by(row)];
      if (value !== null && key !== null && (least === null || compare(key, least) < 0)) [least, found] = [key, value];
    }
    return found;
  };
}
