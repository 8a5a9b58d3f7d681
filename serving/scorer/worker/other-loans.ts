import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDb } from '../../../pipeline/index.ts';
import { type Counterfactual, findCounterfactuals } from '../../../stages/explanations/counterfactual/find-counterfactuals.ts';
import { FittedVariants } from '../../../stages/explanations/counterfactual/fitted-variants.ts';
import { prepareVariants, variantFeatures } from '../../../stages/explanations/counterfactual/variant-features.ts';
import { makeRawTables } from '../../../stages/features/make-raw-tables.ts';
import type { RawRow } from '../../../stages/features/raw-columns.ts';
import { loadChampion } from '../../../stages/gate/load-champion.ts';
import { scoreRows } from '../../../stages/scoring/score-rows.ts';
import { amountOf } from '../answers/changes.ts';
import { fittedStateOf } from '../fitted-state.ts';
import { applicationOf } from '../raw-rows.ts';
import type { DuckDbRequests } from './duckdb-requests.ts';

const MEMORY_MB = 512;

/**
 * The loan with the least change that the model grants: every variant's features are made by the features' own SQL, fitted columns by
 * the model's state, and scored by the model itself. What was asked is made anew first and must be the row that was scored, bit for bit.
 */
export async function otherLoans(
  { model: served, rows, row, ranges }: DuckDbRequests['counterfactual']['ask'],
  { projectDir, tempDir: folder }: { readonly projectDir: string; readonly tempDir: string },
): Promise<Counterfactual> {
  const tempDir = await mkdtemp(join(folder, 'loans-'));
  const options = { threads: 1, memoryMb: MEMORY_MB, tempDir };
  try {
    using db = await DuckDb.open(options);
    await makeRawTables(db, rows);
    await prepareVariants(db);
    const stateDir = fittedStateOf(served.folder);
    using fitted = stateDir === null ? null : await FittedVariants.open({ ...options, stateDir, projectDir });
    using champion = await loadChampion(served.folder, { modelSha256: served.sha256, threads: 1, projectDir });
    const application = applicationOf(rows);
    const client = Number(application['SK_ID_CURR']);
    const [found] = await findCounterfactuals({
      refused: [{ client, terms: termsOf(application), ranges, row }],
      features: served.features,
      threshold: served.threshold,
      featuresOf: (variants) => variantFeatures({ db, fitted, tempDir }, variants, served.features),
      score: (matrix) => scoreRows(champion.model, matrix, champion.calibrator).calibrated,
    });
    if (found === undefined) throw new Error('no answer for the one applicant asked about');
    return found;
  } finally {
    await rm(tempDir, { recursive: true, force: true });
  }
}

function termsOf(application: RawRow) {
  return {
    credit: amountOf(application, 'AMT_CREDIT') ?? Number.NaN,
    annuity: amountOf(application, 'AMT_ANNUITY'),
    goods: amountOf(application, 'AMT_GOODS_PRICE'),
  };
}
