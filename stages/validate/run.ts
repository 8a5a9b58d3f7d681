import { join } from 'node:path';
import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { TABLE_NAMES } from '../tables/table-names.ts';
import { readContract } from './contract/read-contract.ts';
import { judgeTables, withParams } from './judge-tables.ts';
import type { validate } from './stage.ts';

const run: StageBody<typeof validate> = async ({ inputs, params, outputs, log, progress, threads, memoryMb, tempDir }) => {
  const contract = withParams(readContract(inputs.contract, TABLE_NAMES), params);
  using db = await DuckDb.open({ threads, memoryMb: memoryMb * 0.75, tempDir: join(tempDir, 'spill') });
  for (const name of TABLE_NAMES) await db.view(name, inputs[name].path);
  const summary = await inputs.summary.read();
  const present = new Set<string>(summary.tables.filter((table) => table.present && table.rows > 0).map(({ name }) => name));
  const tables = TABLE_NAMES.map((name) => ({ name, columns: inputs[name].columns, present: present.has(name) }));
  const { result, page, gate } = await judgeTables(db, { contract, tables, progress }, log);
  await outputs.contract.write(result);
  await outputs.page.write(page);
  return gate;
};

export default run;
