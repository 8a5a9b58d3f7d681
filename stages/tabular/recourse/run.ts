import { DuckDb, SluiceError, sqlName, type StageBody } from '../../../pipeline/index.ts';
import { sampleRows } from '../../explanations/sample-rows.ts';
import { loadFittedModel } from '../../scoring/model/load-fitted-model.ts';
import { readFeatureMatrix, scoreRows } from '../../scoring/score-rows.ts';
import { readCandidates, type Value } from './candidates.ts';
import { tabularRecoursePage } from './recourse-page.ts';
import type { TabularRecourse } from './recourse-schema.ts';
import { recourseWords } from './recourse-words.ts';
import { type Form, searchChanges } from './search.ts';
import type { tabularRecourse } from './stage.ts';
import { variantMatrix } from './variant-matrix.ts';

const run: StageBody<typeof tabularRecourse> = async ({ inputs, params, config, outputs, threads, memoryMb, tempDir, run: work, log }) => {
  const [summary, calibrator, { threshold }] = await Promise.all([inputs.summary.read(), inputs.calibrator.read(), inputs.decision.read()]);
  const { dataset } = config;
  const codes = (await inputs.catalogue.read()).some(({ levels }) => levels !== undefined);
  using db = await DuckDb.open({ threads, memoryMb: memoryMb / 2, tempDir });
  for (const name of ['applications', 'development', 'holdout'] as const) await db.view(name, inputs[name].path);
  using model = await loadFittedModel(inputs.model.path, { summary, threads, projectDir: work.projectDir });
  const { calibrated } = scoreRows(model, await readFeatureMatrix(db, 'holdout', model.features), calibrator);
  const ids = await db.column('select SK_ID_CURR from holdout order by SK_ID_CURR');
  const refused = [...ids.keys()].filter((row) => (calibrated[row] ?? 0) >= threshold);
  const picked = Array.from(sampleRows(refused.length, params.clients, params.seed), (at) => refused[at] ?? 0);
  const forms = await readForms(
    db,
    Object.keys(dataset.columns),
    picked.map((row) => ids[row] ?? 0),
  );
  const candidates = await readCandidates(db, dataset);
  const features = { dataset, categories: codes ? ('codes' as const) : ('columns' as const), names: model.features };
  const found = await searchChanges(forms, {
    candidates,
    threshold,
    changes: params.changes,
    score: async (variants) =>
      scoreRows(
        model,
        await variantMatrix(
          db,
          variants.map(({ form }) => form),
          features,
        ),
        calibrator,
      ).calibrated,
  });
  checkAsDecided(found, new Map(picked.map((row) => [ids[row] ?? 0, calibrated[row] ?? Number.NaN])));
  const result: TabularRecourse = {
    threshold,
    changeable: candidates.map(({ column, values }) => ({ column, values: [...values] })),
    clients: found.map(({ found: way, ...outcome }) => ({
      ...outcome,
      found: way === null ? null : { changes: [...way.changes], effort: way.effort, calibrated: way.calibrated },
      ...recourseWords(way === null ? null : way.changes, dataset),
    })),
  };
  await outputs.recourse.write(result);
  await outputs.page.write(tabularRecoursePage(result));
  const turned = result.clients.filter(({ found: way }) => way !== null).length;
  log.info(`of ${result.clients.length} refusals looked at, other answers would turn ${turned}`, {
    highlights: [{ label: 'Recourse', port: 'page' }],
  });
};
export default run;

async function readForms(db: DuckDb, columns: readonly string[], clients: readonly number[]): Promise<ReadonlyMap<number, Form>> {
  await db.createTable('asked', { SK_ID_CURR: { type: 'INTEGER', values: Int32Array.from(clients) } });
  const rows = await db.all<Record<string, Value>>(
    `select SK_ID_CURR, ${columns.map(sqlName).join(', ')} from applications semi join asked using (SK_ID_CURR) order by SK_ID_CURR`,
  );
  return new Map(rows.map(({ SK_ID_CURR: client, ...form }) => [Number(client), form]));
}

/** What was asked must come out as it was decided on, or the variants are of another model. */
function checkAsDecided(
  outcomes: readonly { readonly client: number; readonly calibrated: number }[],
  decided: ReadonlyMap<number, number>,
): void {
  const other = outcomes.find(({ client, calibrated }) => decided.get(client) !== calibrated);
  if (other === undefined) return;
  throw new SluiceError(
    'STAGE_FAILED',
    `client ${other.client} as asked has probability ${other.calibrated}, but was decided on at ${decided.get(other.client)}`,
    {
      hint: 'Features and model are not of one run: `sluice run --force` makes both anew.',
    },
  );
}
