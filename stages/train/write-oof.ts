import type { DuckDb } from '../../pipeline/index.ts';
import type { CrossValidation } from './cross-validate.ts';
import type { Development } from './development.ts';
import oofSql from './sql/oof.sql';

/** The table of {@link writeOof} without a row. */
export async function writeNoOof(db: DuckDb, path: string): Promise<void> {
  const none = { margin: new Float32Array(), probability: new Float32Array() };
  await writeOof(db, path, { ids: new Int32Array(), target: new Float32Array(), fold: new Int8Array() }, none);
}

/** One row a development row, by SK_ID_CURR. */
export async function writeOof(
  db: DuckDb,
  path: string,
  { ids, target, fold }: Omit<Development, 'columns'>,
  { margin, probability }: Pick<CrossValidation, 'margin' | 'probability'>,
): Promise<void> {
  await db.run('drop table if exists oof');
  await db.createTable('oof', {
    SK_ID_CURR: { type: 'INTEGER', values: ids },
    TARGET: { type: 'TINYINT', values: target },
    fold: { type: 'TINYINT', values: fold },
    margin: { type: 'FLOAT', values: margin },
    probability: { type: 'FLOAT', values: probability },
  });
  await db.copyToParquet(oofSql, path);
}
