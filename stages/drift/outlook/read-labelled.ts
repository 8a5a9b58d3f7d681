import type { DuckDb, FloatMatrix } from '../../../pipeline/index.ts';
import type { OutOfFold } from '../estimate/estimate-performance.ts';
import { readFeatureMatrix } from '../../scoring/score-rows.ts';
import { ENOUGH_ROWS } from './every-few-rows.ts';
import partsSql from './domain-parts.sql';
import labelledSql from './labelled-rows.sql';

export interface Labelled extends OutOfFold {
  /** The same rows' features. */
  readonly features: FloatMatrix;
}

/** The reference of estimates: labelled rows by SK_ID_CURR with scores of models that were not fitted to them. */
export async function readLabelled(
  db: DuckDb,
  paths: { readonly oof: string; readonly development: string },
  features: readonly string[],
): Promise<Labelled> {
  await db.view('oof_rows', paths.oof);
  await db.view('development_rows', paths.development);
  const { rows } = await db.one<{ rows: number }>('select count(*)::double as rows from oof_rows');
  await db.run(labelledSql, { every: Math.max(1, Math.ceil(rows / ENOUGH_ROWS)) });
  await db.run(partsSql);
  const { TARGET: target = new Float64Array(), probability = new Float64Array() } = await db.doubles(
    'select TARGET, probability from labelled_rows order by SK_ID_CURR',
  );
  return { target, probability, features: await readFeatureMatrix(db, 'domain_reference', features) };
}
