import { aggregateOf } from './aggregates.ts';
import { expressionOf } from './expressions.ts';
import { grouped } from './grouped.ts';
import { NotInterpreted, type PlanNode } from './plan-node.ts';
import type { Expression } from './scalar-functions.ts';
import { compare, type Row, type Value } from './values.ts';

/** A window of a plan: a value for each row, in the order of the rows. */
export type Window = (rows: readonly Row[]) => readonly Value[];

interface Order {
  readonly of: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export function windowOf(node: PlanNode): Window {
  const partitions = node.nodes('partitions').map(expressionOf);
  const orders = node.nodes('orders').map(orderOf);
  const values = valuesOf(node, orders);
  return (rows) => {
    const made = new Map<Row, Value>();
    for (const part of grouped(rows, partitions).values()) {
      const inOrder = orders.length === 0 ? part : part.toSorted((a, b) => compareRows(a, b, orders));
      const own = values(inOrder);
      for (const [at, row] of inOrder.entries()) made.set(row, own[at] ?? null);
    }
    return rows.map((row) => made.get(row) ?? null);
  };
}

function valuesOf(node: PlanNode, orders: readonly Order[]): Window {
  for (const unknown of ['filters', 'ignore_nulls', 'start_expr', 'end_expr', 'offset_expr', 'default_expr', 'distinct', 'arg_orders'])
    if (node.has(unknown)) throw new NotInterpreted(`a window with ${unknown}`);
  if (node.text('start') !== 'UNBOUNDED_PRECEDING' || node.text('exclude_clause') !== 'NO_OTHER')
    throw new NotInterpreted('a window that moves');
  switch (node.text('type')) {
    case 'WINDOW_ROW_NUMBER':
      return (rows) => rows.map((_, at) => BigInt(at + 1));
    case 'WINDOW_LEAD': {
      const [of = () => null] = node.nodes('children').map(expressionOf);
      return (rows) => rows.map((_, at) => of(rows[at + 1] ?? []));
    }
    case 'WINDOW_FIRST_VALUE': {
      const [of = () => null] = node.nodes('children').map(expressionOf);
      return (rows) => rows.map(() => of(rows[0] ?? []));
    }
    case 'WINDOW_AGGREGATE': {
      if (orders.length > 0) throw new NotInterpreted('an aggregate over a part of a window');
      const aggregate = aggregateOf(node);
      return (rows) => {
        const value = aggregate(rows);
        return rows.map(() => value);
      };
    }
    default:
      throw new NotInterpreted(node.text('type'));
  }
}

function orderOf(node: PlanNode): Order {
  return {
    of: expressionOf(node.node('expression')),
    descending: node.text('type') === 'DESCENDING',
    nullsFirst: node.text('null_order') === 'NULLS FIRST',
  };
}

function compareRows(a: Row, b: Row, orders: readonly Order[]): number {
  for (const { of, descending, nullsFirst } of orders) {
    const [left, right] = [of(a), of(b)];
    const order =
      left === null || right === null
        ? (Number(left === null) - Number(right === null)) * (nullsFirst ? -1 : 1)
        : compare(left, right) * (descending ? -1 : 1);
    if (order !== 0) return order;
  }
  return 0;
}
