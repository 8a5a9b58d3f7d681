import { join } from 'node:path';
import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';
import { tables } from '../tables/tables.ts';
import type { Rule } from './rule.ts';
import { duplicateRules } from './rules/duplicate-rules.ts';
import { keyRules } from './rules/key-rules.ts';
import { labelRules } from './rules/label-rules.ts';
import { leakRules } from './rules/leak-rules.ts';
import { levelRules } from './rules/level-rules.ts';
import { orphanRules } from './rules/orphan-rules.ts';
import { overlapRules } from './rules/overlap-rules.ts';
import { typeRules } from './rules/type-rules.ts';
import { valueRules } from './rules/value-rules.ts';
import type { validate } from './stage.ts';

const run: StageBody<typeof validate> = async ({ inputs, params, outputs, log, progress, threads, memoryMb, tempDir }) => {
  using db = await DuckDb.open({ threads, memoryMb: memoryMb * 0.75, tempDir: join(tempDir, 'spill') });
  for (const name of TABLE_NAMES) await db.view(name, inputs[name].path);
  const summary = await inputs.summary.read();
  const present: ReadonlySet<TableName> = new Set(
    summary.tables.filter((table) => table.present && table.rows > 0).map(({ name }) => name),
  );

  const rules: Rule[] = [];
  for (const [index, name] of TABLE_NAMES.entries()) {
    progress(index, TABLE_NAMES.length + 1, name);
    rules.push(...typeRules(tables[name], inputs[name].columns));
    if (present.has(name)) rules.push(...(await tableRules(db, name, { present, maxShare: params.maxOrphanShare })));
  }
  progress(TABLE_NAMES.length, TABLE_NAMES.length + 1, 'label');
  rules.push(...(await labelRules(db, params.minPositives)), ...(await overlapRules(db)), ...(await leakRules(db, params.leakAuc)));

  for (const { table, column, reason } of rules.filter(({ passed, severity }) => !passed && severity === 'warning')) {
    log.warn(`${table}${column === null ? '' : `.${column}`}: ${reason}`);
  }
  const binding = rules.filter(({ severity }) => severity === 'error');
  const verdict = binding.every(({ passed }) => passed) ? 'passed' : 'rejected';
  await outputs.contract.write({ verdict, rules });
  return { verdict, rules: binding.map(toGateRule) };
};

async function tableRules(
  db: DuckDb,
  name: TableName,
  orphans: { readonly present: ReadonlySet<TableName>; readonly maxShare: number },
): Promise<readonly Rule[]> {
  const table = tables[name];
  return [
    ...(await keyRules(db, table)),
    ...(await valueRules(db, table)),
    ...(await levelRules(db, table)),
    ...(await duplicateRules(db, table)),
    ...(await orphanRules(db, table, orphans)),
  ];
}

function toGateRule({ rule, table, column, passed, value, limit, reason }: Rule) {
  return { rule: `${rule}: ${column === null ? table : `${table}.${column}`}`, passed, value, limit, reason };
}

export default run;
