import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { compareParts, datasetDrift, NOT_COMPARED } from './compare-parts.ts';
import { driftMetrics } from './drift-metrics.ts';
import type { DriftResult } from './drift-schema.ts';
import { lookAhead } from './outlook/look-ahead.ts';
import { readLabelled } from './outlook/read-labelled.ts';
import { driftPage } from './page/drift-page.ts';
import { writeProfile } from './profile/write-profile.ts';
import { scoreDrift } from './score-drift.ts';
import type { drift } from './stage.ts';
import { driftVerdict } from './verdict.ts';

const run: StageBody<typeof drift> = async ({ inputs, params, outputs, threads, memoryMb, tempDir, log, progress, signal, run: work }) => {
  const { reference, current } = inputs;
  // Half for DuckDB: the scores' matrices and libxgboost need the rest.
  using db = await DuckDb.open({ threads, memoryMb: memoryMb / 2, tempDir });
  const enough = current.rows > 0 && reference.rows > 0;
  const columns = enough
    ? await compareParts(
        db,
        { reference, current },
        { mode: params.mode, ignore: NOT_COMPARED, onColumn: (done, total, name) => progress(done, total, name), signal },
      )
    : [];
  const [summary, calibrator, decision] = await Promise.all([inputs.summary.read(), inputs.calibrator.read(), inputs.decision.read()]);
  const catalogue = await inputs.catalogue.read();
  const [tablePath, foldsPath, modelPath, modelDigest] = [inputs.table.path, inputs.folds.path, inputs.model.path, inputs.model.digest];
  const scores = enough
    ? await scoreDrift(db, {
        tablePath,
        foldsPath,
        modelPath,
        modelDigest,
        summary,
        calibrator,
        decision,
        catalogue,
        threads,
        projectDir: work.projectDir,
      })
    : null;
  const paths = { oof: inputs.oof.path, development: inputs.development.path };
  const outlook =
    scores === null
      ? { estimate: null, joint: null }
      : lookAhead({
          labelled: await readLabelled(db, paths, summary.features),
          current: scores.current,
          calibrator,
          decision,
          threads,
          projectDir: work.projectDir,
        });
  const evidently = datasetDrift(columns, params);
  const rows = { reference: reference.rows, current: current.rows };
  const result: DriftResult = {
    schema: 'drift/1',
    reference: { name: 'application_train', rows: reference.rows, sha256: reference.digest },
    current: { name: 'application_test', rows: current.rows, sha256: current.digest },
    verdict: driftVerdict({ rows, minRows: params.minRows, evidently, columns, score: scores?.result ?? null }),
    evidently,
    columns,
    score: scores?.result ?? null,
    shift: scores?.shift ?? null,
    ...outlook,
  };
  for (const [name, value] of driftMetrics(result)) outputs.metrics.log(name, value);
  await outputs.result.write(result);
  await db.view('profiled_reference', reference.path);
  await writeProfile(
    db,
    {
      view: 'profiled_reference',
      rows: reference.rows,
      sha256: reference.digest,
      columns: Object.fromEntries(Object.entries(reference.columns).filter(([name]) => !NOT_COMPARED.includes(name))),
      scores: scores?.reference ?? [],
    },
    outputs.profile.path,
  );
  await outputs.page.write(driftPage(result, { threshold: decision.threshold, modelSha256: inputs.model.digest, minRows: params.minRows }));
  const { status, reasons } = result.verdict;
  if (status === 'act') log.warn(`the population has drifted: ${reasons[0] ?? ''}`);
  log.info(`drift: ${status}`, { status, highlights: [{ label: 'Drift', port: 'page' }] });
};
export default run;
