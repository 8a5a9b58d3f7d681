import { aggregateOf } from './aggregates.ts';
import { expressionOf } from './expressions.ts';
import { grouped } from './grouped.ts';
import { inOrder } from './orders.ts';
import { NotInterpreted, type PlanNode } from './plan-node.ts';
import type { Row, Value } from './values.ts';

/** A window of a plan: a value for each row, in the order of the rows. */
export type Window = (rows: readonly Row[]) => readonly Value[];

export function windowOf(node: PlanNode): Window {
  const partitions = node.nodes('partitions').map(expressionOf);
  const sorted = inOrder(node.nodes('orders'));
  const values = valuesOf(node);
  return (rows) => {
    const made = new Map<Row, Value>();
    for (const part of grouped(rows, partitions).values()) {
      const ordered = sorted(part);
      const own = values(ordered);
      for (const [at, row] of ordered.entries()) made.set(row, own[at] ?? null);
    }
    return rows.map((row) => made.get(row) ?? null);
  };
}

function valuesOf(node: PlanNode): Window {
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
      if (node.has('orders')) throw new NotInterpreted('an aggregate over a part of a window');
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
