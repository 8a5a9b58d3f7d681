import { DuckDb, type StageBody } from '../../../pipeline/index.ts';
import { readContract } from '../../validate/contract/read-contract.ts';
import { judgeTables, withParams } from '../../validate/judge-tables.ts';
import type { tabularValidate } from './stage.ts';

const TABLE = 'application_train';

const run: StageBody<typeof tabularValidate> = async ({ inputs, params, outputs, log, progress, threads, memoryMb, tempDir }) => {
  const contract = withParams(readContract(inputs.contract, [TABLE]), params);
  using db = await DuckDb.open({ threads, memoryMb, tempDir });
  await db.view(TABLE, inputs.application_train.path);
  const columns = Object.fromEntries(Object.entries(inputs.application_train.columns).filter(([name]) => !name.startsWith('group_')));
  const tables = [{ name: TABLE, columns, present: true }];
  const { result, page, gate } = await judgeTables(db, { contract, tables, progress }, log);
  await outputs.contract.write(result);
  await outputs.page.write(page);
  return gate;
};

export default run;
