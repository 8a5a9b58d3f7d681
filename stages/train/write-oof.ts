import type { DuckDb } from '../../pipeline/index.ts';
import type { CrossValidation } from './cross-validate.ts';
import type { Development } from './development.ts';
import oofSql from './sql/oof.sql';

/** One row a development row, by SK_ID_CURR. */
export async function writeOof(
  db: DuckDb,
  path: string,
  { ids, target, fold }: Development,
  { margin, probability }: CrossValidation,
): Promise<void> {
  await db.createTable('oof', {
    SK_ID_CURR: { type: 'INTEGER', values: ids },
    TARGET: { type: 'TINYINT', values: target },
    fold: { type: 'TINYINT', values: fold },
    margin: { type: 'FLOAT', values: margin },
    probability: { type: 'FLOAT', values: probability },
  });
  await db.copyToParquet(oofSql, path);
}
