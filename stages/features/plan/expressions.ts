import { castOf } from './casts.ts';
import { NotInterpreted, type PlanNode } from './plan-node.ts';
import { type Expression, scalarFunction } from './scalar-functions.ts';
import { compare, constantOf, typeOf, type Value, type ValueType } from './values.ts';

const BOOLEAN: ValueType = { kind: 'boolean', id: 'BOOLEAN', width: 0, scale: 0 };

/** The type of what an expression gives. */
export function resultType(node: PlanNode): ValueType {
  switch (node.text('expression_class')) {
    case 'BOUND_CONSTANT':
      return typeOf(node.node('value').node('type'));
    case 'BOUND_COMPARISON':
    case 'BOUND_CONJUNCTION':
    case 'BOUND_BETWEEN':
      return BOOLEAN;
    default:
      return typeOf(node.node('return_type'));
  }
}

/** An expression of a plan as a function of a row. */
export function expressionOf(node: PlanNode): Expression {
  switch (node.text('expression_class')) {
    case 'BOUND_REF': {
      const index = node.number('index');
      return (row) => row[index] ?? null;
    }
    case 'BOUND_CONSTANT': {
      const value = constantOf(node.node('value'));
      return () => value;
    }
    case 'BOUND_CAST': {
      const [child, cast] = [
        expressionOf(node.node('child')),
        castOf(resultType(node.node('child')), resultType(node), node.has('try_cast')),
      ];
      return (row) => {
        const value = child(row);
        return value === null ? null : cast(value);
      };
    }
    case 'BOUND_FUNCTION':
      return functionOf(node);
    case 'BOUND_CASE':
      return caseOf(node);
    case 'BOUND_COMPARISON':
      return comparison(node.text('type'), expressionOf(node.node('left')), expressionOf(node.node('right')));
    case 'BOUND_BETWEEN':
      return both([
        comparison(
          `COMPARE_GREATERTHAN${node.has('lower_inclusive') ? 'OREQUALTO' : ''}`,
          expressionOf(node.node('input')),
          expressionOf(node.node('lower')),
        ),
        comparison(
          `COMPARE_LESSTHAN${node.has('upper_inclusive') ? 'OREQUALTO' : ''}`,
          expressionOf(node.node('input')),
          expressionOf(node.node('upper')),
        ),
      ]);
    case 'BOUND_CONJUNCTION':
      return conjunction(node);
    case 'BOUND_OPERATOR':
      return operator(node.text('type'), node.nodes('children').map(expressionOf));
    default:
      throw new NotInterpreted(`expression ${node.text('expression_class')}`);
  }
}

function functionOf(node: PlanNode): Expression {
  const [name, children] = [node.text('name'), node.nodes('children')];
  return name === 'list_aggr' ? listSum(children, resultType(node)) : scalarFunction(name, resultType(node), children.map(expressionOf));
}

/** list_sum of small whole numbers, all known. */
function listSum([list, what]: readonly PlanNode[], type: ValueType): Expression {
  if (list === undefined || what?.node('value').raw('value') !== 'sum' || type.kind !== 'exact') throw new NotInterpreted('list_aggr');
  const values = expressionOf(list);
  return (row) => {
    const items = values(row);
    return Array.isArray(items) ? items.reduce((sum, item) => sum + BigInt(small(item)), 0n) : null;
  };
}

function small(item: Value): number {
  if (typeof item !== 'number') throw new NotInterpreted(`list_sum of ${String(item)}`);
  return item;
}

function caseOf(node: PlanNode): Expression {
  const checks = node
    .nodes('case_checks')
    .map((check) => [expressionOf(check.node('when_expr')), expressionOf(check.node('then_expr'))] as const);
  const otherwise = expressionOf(node.node('else_expr'));
  return (row) => {
    for (const [when, then] of checks) if (when(row) === true) return then(row);
    return otherwise(row);
  };
}

const TESTS: Readonly<Record<string, (order: number) => boolean>> = {
  COMPARE_EQUAL: (order) => order === 0,
  COMPARE_NOTEQUAL: (order) => order !== 0,
  COMPARE_LESSTHAN: (order) => order < 0,
  COMPARE_LESSTHANOREQUALTO: (order) => order <= 0,
  COMPARE_GREATERTHAN: (order) => order > 0,
  COMPARE_GREATERTHANOREQUALTO: (order) => order >= 0,
};

/** One of the six comparisons by its name in a plan; null of null. */
export function comparison(type: string, left: Expression, right: Expression): Expression {
  const test = TESTS[type];
  if (test === undefined) throw new NotInterpreted(type);
  return (row) => {
    const a = left(row);
    if (a === null) return null;
    const b = right(row);
    return b === null ? null : test(compare(a, b));
  };
}

function conjunction(node: PlanNode): Expression {
  const children = node.nodes('children').map(expressionOf);
  if (node.text('type') === 'CONJUNCTION_AND') return both(children);
  if (node.text('type') !== 'CONJUNCTION_OR') throw new NotInterpreted(node.text('type'));
  return decided(children, true);
}

const both = (children: readonly Expression[]): Expression => decided(children, false);

/** AND is decided by a false, OR by a true; an unknown leaves it open. */
const decided =
  (children: readonly Expression[], by: boolean): Expression =>
  (row) => {
    let open: Value = !by;
    for (const child of children) {
      const value = child(row);
      if (value === by) return by;
      if (value === null) open = null;
    }
    return open;
  };

function operator(type: string, children: readonly Expression[]): Expression {
  const [first = () => null, ...others] = children;
  switch (type) {
    case 'OPERATOR_IS_NULL':
      return (row) => first(row) === null;
    case 'OPERATOR_IS_NOT_NULL':
      return (row) => first(row) !== null;
    case 'OPERATOR_NOT':
      return (row) => {
        const value = first(row);
        return value === null ? null : value === false;
      };
    case 'OPERATOR_COALESCE':
      return (row) => {
        for (const child of children) {
          const value = child(row);
          if (value !== null) return value;
        }
        return null;
      };
    case 'COMPARE_IN':
    case 'COMPARE_NOT_IN': {
      const found = decided(
        others.map((other) => comparison('COMPARE_EQUAL', first, other)),
        true,
      );
      return type === 'COMPARE_IN' ? found : operator('OPERATOR_NOT', [found]);
    }
    default:
      throw new NotInterpreted(type);
  }
}
