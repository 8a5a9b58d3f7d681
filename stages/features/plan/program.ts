import { aggregateOf } from './aggregates.ts';
import { expressionOf } from './expressions.ts';
import { grouped, keyOf } from './grouped.ts';
import { inOrder } from './orders.ts';
import { NotInterpreted, type PlanNode } from './plan-node.ts';
import { scanFilter } from './scan-filter.ts';
import type { Row } from './values.ts';
import { windowOf } from './windows.ts';

/** What an operator reads: the rows of the raw tables, and of the cleaned rows that are made once for a run. */
interface Run {
  readonly table: (name: string) => readonly Row[];
  readonly shared: Map<number, readonly Row[]>;
}
type Operator = (run: Run) => readonly Row[];

/** A query's plan as a function of the tables that it reads, rows as lists in the order of their columns. */
export type Program = (table: (name: string) => readonly Row[]) => readonly Row[];

/** @throws NotInterpreted for a plan with anything that is not known here */
export function programOf(plan: PlanNode): Program {
  const operator = operatorOf(plan);
  return (table) => operator({ table, shared: new Map() });
}

function operatorOf(node: PlanNode): Operator {
  const inputs = node.nodes('children').map(operatorOf);
  const [input = () => [], other = () => []] = inputs;
  switch (node.text('type')) {
    case 'LOGICAL_GET':
      return scan(node);
    case 'LOGICAL_PROJECTION': {
      const made = node.nodes('expressions').map(expressionOf);
      return (run) => input(run).map((row) => made.map((expression) => expression(row)));
    }
    case 'LOGICAL_FILTER':
      return filter(node, input);
    case 'LOGICAL_ORDER_BY':
      return ordering(node, input);
    case 'LOGICAL_AGGREGATE_AND_GROUP_BY':
      return aggregation(node, input);
    case 'LOGICAL_WINDOW': {
      const windows = node.nodes('expressions').map(windowOf);
      return (run) => {
        const rows = input(run);
        const made = windows.map((window) => window(rows));
        return rows.map((row, at) => [...row, ...made.map((values) => values[at] ?? null)]);
      };
    }
    case 'LOGICAL_COMPARISON_JOIN':
      return join(node, input, other);
    case 'LOGICAL_MATERIALIZED_CTE': {
      const index = node.number('table_index');
      return (run) => {
        run.shared.set(index, input(run));
        return other(run);
      };
    }
    case 'LOGICAL_CTE_REF': {
      const index = node.number('cte_index');
      return ({ shared }) => shared.get(index) ?? [];
    }
    case 'LOGICAL_UNION':
      if (!node.has('setop_all')) break;
      return (run) => inputs.flatMap((each) => each(run));
    default:
  }
  throw new NotInterpreted(`operator ${node.text('type')}`);
}

function scan(node: PlanNode): Operator {
  if (node.text('name') !== 'seq_scan') throw new NotInterpreted(`a scan by ${node.text('name')}`);
  const table = node.node('function_data').text('table');
  const columns = node.nodes('column_indexes').map((column) => column.number('index'));
  const chosen = node.numbers('projection_ids');
  const places = chosen.length === 0 ? columns : chosen.map((at) => columns[at] ?? -1);
  const filters = node.node('table_filters').nodes('filters').map(scanFilter);
  return (run) =>
    run
      .table(table)
      .filter((row) => filters.every((passes) => passes(row)))
      .map((row) => pick(row, places));
}

/** Columns of a row by their places; all of them where none are named. */
const pick = (row: Row, places: readonly number[]): Row => (places.length === 0 ? row : places.map((place) => row[place] ?? null));

function filter(node: PlanNode, input: Operator): Operator {
  const conditions = node.nodes('expressions').map(expressionOf);
  const places = node.numbers('projection_map');
  return (run) => {
    const kept = input(run).filter((row) => conditions.every((condition) => condition(row) === true));
    return kept.map((row) => pick(row, places));
  };
}

function ordering(node: PlanNode, input: Operator): Operator {
  const sorted = inOrder(node.nodes('orders'));
  const places = node.numbers('projections');
  return (run) => sorted(input(run)).map((row) => pick(row, places));
}

function aggregation(node: PlanNode, input: Operator): Operator {
  const keys = node.nodes('groups').map(expressionOf);
  const aggregates = node.nodes('expressions').map(aggregateOf);
  if (keys.length === 0) throw new NotInterpreted('an aggregate of all rows');
  return (run) =>
    [...grouped(input(run), keys).values()].map((rows) => [
      ...keys.map((key) => key(rows[0] ?? [])),
      ...aggregates.map((aggregate) => aggregate(rows)),
    ]);
}

/** The first never takes nulls for equal, the second does. */
const JOINED_BY = new Set(['COMPARE_EQUAL', 'COMPARE_NOT_DISTINCT_FROM']);

function join(node: PlanNode, left: Operator, right: Operator): Operator {
  const kind = node.text('join_type');
  const conditions = node.nodes('conditions');
  if ((kind !== 'LEFT' && kind !== 'INNER') || node.has('predicate') || conditions.some((each) => !JOINED_BY.has(each.text('comparison'))))
    throw new NotInterpreted(`join ${kind}`);
  const [leftKeys, rightKeys] = [
    conditions.map((each) => expressionOf(each.node('left'))),
    conditions.map((each) => expressionOf(each.node('right'))),
  ];
  const [leftPlaces, rightPlaces] = [node.numbers('left_projection_map'), node.numbers('right_projection_map')];
  const known = rightKeys.filter((_, at) => conditions[at]?.text('comparison') === 'COMPARE_EQUAL');
  const nobody = Array.from({ length: rightPlaces.length || widthOf(node.nodes('children')[1]) }, () => null);
  return (run) => {
    const found = grouped(
      right(run).filter((row) => known.every((key) => key(row) !== null)),
      rightKeys,
    );
    return left(run).flatMap((row) => {
      const own = pick(row, leftPlaces);
      const partners = found.get(keyOf(row, leftKeys));
      if (partners === undefined) return kind === 'LEFT' ? [[...own, ...nobody]] : [];
      return partners.map((partner) => [...own, ...pick(partner, rightPlaces)]);
    });
  };
}

/** Columns of what an operator gives. */
function widthOf(node: PlanNode | undefined): number {
  const children = node?.nodes('children') ?? [];
  switch (node?.text('type')) {
    case 'LOGICAL_GET':
      return node.numbers('projection_ids').length || node.nodes('column_indexes').length;
    case 'LOGICAL_PROJECTION':
      return node.nodes('expressions').length;
    case 'LOGICAL_FILTER':
      return node.numbers('projection_map').length || widthOf(children[0]);
    case 'LOGICAL_ORDER_BY':
      return node.numbers('projections').length || widthOf(children[0]);
    case 'LOGICAL_AGGREGATE_AND_GROUP_BY':
      return node.nodes('groups').length + node.nodes('expressions').length;
    case 'LOGICAL_WINDOW':
      return widthOf(children[0]) + node.nodes('expressions').length;
    case 'LOGICAL_COMPARISON_JOIN':
      return sideWidth(node, 'left_projection_map', children[0]) + sideWidth(node, 'right_projection_map', children[1]);
    case 'LOGICAL_CTE_REF':
      return node.nodes('chunk_types').length;
    default:
      throw new NotInterpreted(`a join with ${node?.text('type') ?? 'nothing'}`);
  }
}

const sideWidth = (node: PlanNode, map: string, side: PlanNode | undefined): number => node.numbers(map).length || widthOf(side);
