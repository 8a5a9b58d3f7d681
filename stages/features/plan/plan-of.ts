import { type DuckDb, sqlString } from '../../../pipeline/index.ts';
import { PlanNode } from './plan-node.ts';

/** The plan that DuckDB would run: names bound, macros put in, types known, optimized. */
export async function planOf(db: DuckDb, query: string): Promise<PlanNode> {
  const { plan } = await db.one<{ plan: string }>(`select json_serialize_plan(${sqlString(query)}, optimize := true)::varchar as plan`);
  const [first = new PlanNode({})] = new PlanNode(JSON.parse(plan)).nodes('plans');
  return first;
}
