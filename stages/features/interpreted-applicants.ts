import { NotInterpreted, type PlanNode } from './plan/plan-node.ts';
import { programOf, type Program } from './plan/program.ts';
import { rowsOfColumns } from './plan/rows-of-columns.ts';
import type { Value } from './plan/values.ts';
import type { GroupRow, InputColumns } from './planned-applicants.ts';

/** All features of the applicants in these rows. */
export type RunQuery = (inputs: InputColumns) => Promise<readonly GroupRow[]>;

/** The plan as a program of our own. @param otherwise DuckDB's answer, where the program does not know something */
export function interpretedApplicants(plan: PlanNode, otherwise: RunQuery): RunQuery {
  const program = known(plan);
  if (program === null) return otherwise;
  return async (inputs) => {
    try {
      return interpret(program, inputs);
    } catch (error) {
      if (error instanceof NotInterpreted) return await otherwise(inputs);
      throw error;
    }
  };
}

function known(plan: PlanNode): Program | null {
  try {
    return programOf(plan);
  } catch (error) {
    if (error instanceof NotInterpreted) return null;
    throw error;
  }
}

function interpret(program: Program, inputs: InputColumns): readonly GroupRow[] {
  const tables = new Map(Object.entries(inputs).map(([name, columns]) => [name, rowsOfColumns(columns)]));
  return program((name) => tables.get(name) ?? []).map(([client, group, features]) => ({
    client: Number(client),
    group: Number(group),
    features: Array.isArray(features) ? features.map((value: Value) => (value === null ? null : Number(value))) : [],
  }));
}
