import { comparison, expressionOf } from './expressions.ts';
import { NotInterpreted, type PlanNode } from './plan-node.ts';
import type { Expression } from './scalar-functions.ts';
import { constantOf, type Row, type Value } from './values.ts';

/** A condition on one column that the planner has put into the scan of a table: by the column's place in the table. */
export function scanFilter(entry: PlanNode): (row: Row) => boolean {
  const column = entry.number('key');
  const passes = conditionOf(entry.node('value'));
  return (row) => passes(row[column] ?? null);
}

function conditionOf(node: PlanNode): (value: Value) => boolean {
  switch (node.text('filter_type')) {
    case 'CONSTANT_COMPARISON': {
      const constant = constantOf(node.node('constant'));
      return holds(
        comparison(
          node.text('comparison_type'),
          ([value = null]) => value,
          () => constant,
        ),
      );
    }
    case 'EXPRESSION_FILTER':
      return holds(expressionOf(node.node('expr')));
    case 'CONJUNCTION_AND': {
      const all = node.nodes('child_filters').map(conditionOf);
      return (value) => all.every((passes) => passes(value));
    }
    case 'IS_NULL':
      return (value) => value === null;
    case 'IS_NOT_NULL':
      return (value) => value !== null;
    default:
      throw new NotInterpreted(`scan filter ${node.text('filter_type')}`);
  }
}

const holds =
  (condition: Expression) =>
  (value: Value): boolean =>
    condition([value]) === true;
