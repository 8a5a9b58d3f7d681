import { expressionOf } from './expressions.ts';
import type { PlanNode } from './plan-node.ts';
import type { Expression } from './scalar-functions.ts';
import { compare, type Row } from './values.ts';

interface Order {
  readonly of: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** Rows in the order that ORDER BY asks for; as they came where it asks for none. */
export function inOrder(nodes: readonly PlanNode[]): (rows: readonly Row[]) => readonly Row[] {
  const orders = nodes.map(orderOf);
  return (rows) => (orders.length === 0 ? rows : rows.toSorted((a, b) => compareRows(a, b, orders)));
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
