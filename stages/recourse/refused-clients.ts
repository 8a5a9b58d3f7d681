import type { DuckDb } from '../../pipeline/index.ts';
import type { Calibrator } from '../calibrate/stage.ts';
import type { PlausibleRanges } from '../explanations/counterfactual/plausible-ranges.ts';
import type { Refused } from '../explanations/counterfactual/find-counterfactuals.ts';
import { sampleRows } from '../explanations/sample-rows.ts';
import type { FittedModel } from '../scoring/model/fitted-model.ts';
import { readFeatureMatrix, scoreRows } from '../scoring/score-rows.ts';
import { keepClients } from './client-tables.ts';
import askedSql from './sql/asked.sql';
import clientsSql from './sql/clients.sql';

/** Holdout clients that are looked through for refused ones: a large book is not read whole. */
const LOOKED_AT = 1000;

export interface RefusedOptions {
  readonly model: FittedModel;
  readonly calibrator: Calibrator;
  readonly threshold: number;
  readonly ranges: readonly PlausibleRanges[];
  readonly clients: number;
  readonly seed: number;
}

export interface RefusedClient extends Refused {
  readonly contract: string;
}

/** A sample of refused holdout clients with what they asked for; their rows of all raw tables are then the tables `<name>`. */
export async function readRefused(
  db: DuckDb,
  { model, calibrator, threshold, ranges, clients, seed }: RefusedOptions,
): Promise<readonly RefusedClient[]> {
  const all = await db.column(clientsSql);
  const looked = Int32Array.from(sampleRows(all.length, LOOKED_AT, seed), (row) => all[row] ?? 0);
  await db.createTable('looked_at', { SK_ID_CURR: { type: 'INTEGER', values: looked } });
  await db.run('create or replace temp view looked_rows as select holdout.* from holdout semi join looked_at using (SK_ID_CURR)');
  const matrix = await readFeatureMatrix(db, 'looked_rows', model.features);
  const { calibrated } = scoreRows(model, matrix, calibrator);
  const refused = [...looked.keys()].filter((row) => (calibrated[row] ?? Number.NaN) >= threshold);
  const picked = Array.from(sampleRows(refused.length, clients, seed + 1), (at) => refused[at] ?? 0);
  await keepClients(
    db,
    Int32Array.from(picked, (row) => looked[row] ?? 0),
  );
  const asked = new Map((await db.all<Asked>(askedSql)).map((row) => [row.SK_ID_CURR, row]));
  const width = matrix.columns.length;
  return picked.flatMap((row) => {
    const own = asked.get(looked[row] ?? 0);
    const range = ranges.find(({ contract }) => contract === own?.contract);
    if (own === undefined || range === undefined) return [];
    const terms = { credit: own.AMT_CREDIT, annuity: own.AMT_ANNUITY, goods: own.AMT_GOODS_PRICE };
    return [
      { client: own.SK_ID_CURR, contract: own.contract, terms, ranges: range, row: matrix.data.slice(row * width, (row + 1) * width) },
    ];
  });
}

interface Asked extends Record<string, unknown> {
  readonly SK_ID_CURR: number;
  readonly AMT_CREDIT: number;
  readonly AMT_ANNUITY: number | null;
  readonly AMT_GOODS_PRICE: number | null;
  readonly contract: string;
}
