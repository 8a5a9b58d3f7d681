import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { compareParts, datasetDrift, NOT_COMPARED } from './compare-parts.ts';
import { driftMetrics } from './drift-metrics.ts';
import type { DriftResult } from './drift-schema.ts';
import { ALONE, judgeDrift } from './judge/judge-run.ts';
import { featureLevels } from './outlook/explain-parts.ts';
import { estimateOutcome } from './outlook/estimate-outcome.ts';
import { tellApart } from './outlook/tell-apart.ts';
import { readLabelled } from './outlook/read-labelled.ts';
import { driftPage } from './page/drift-page.ts';
import { writeProfile } from './profile/write-profile.ts';
import { scoreDrift } from './score-drift.ts';
import { runSegments } from './segments/run-segments.ts';
import type { drift } from './stage.ts';

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
  const labelled = scores === null ? null : await readLabelled(db, paths, summary.features);
  const apart =
    scores === null || labelled === null
      ? null
      : tellApart({
          reference: labelled.features,
          current: scores.current.features,
          important: scores.explained.important,
          categorical: new Set(featureLevels(catalogue, summary.categories).keys()),
          threads,
          projectDir: work.projectDir,
        });
  const estimate =
    scores === null || labelled === null
      ? null
      : estimateOutcome({
          labelled: { target: labelled.target, probability: labelled.probability, ...(apart === null ? {} : { weight: apart.weight }) },
          current: scores.current.probability,
          calibrator,
          threshold: decision.threshold,
          costs: { falseNegative: decision.costFalseNegative, falsePositive: decision.costFalsePositive },
        });
  const grouped =
    scores === null
      ? null
      : await runSegments(
          db,
          { reference, current },
          { reference: scores.reference, current: scores.current.probability, calibrator, threshold: decision.threshold },
        );
  const evidently = datasetDrift(columns, params);
  const compared: DriftResult = {
    schema: 'drift/1',
    reference: { name: 'application_train', rows: reference.rows, sha256: reference.digest },
    current: { name: 'application_test', rows: current.rows, sha256: current.digest },
    model: scores === null ? null : { sha256: inputs.model.digest, threshold: decision.threshold },
    verdict: { status: 'ok', reasons: [] },
    evidently,
    columns,
    score: scores?.result ?? null,
    estimate,
    shift: scores?.explained.shift ?? null,
    importance: scores?.explained.importance ?? null,
    joint: apart?.joint ?? null,
    realised: null,
    segments: grouped?.segments ?? null,
    ...(params.money === null ? {} : { money: params.money }),
  };
  const { result } = judgeDrift(compared, { ...ALONE, batch: compared.current.name, minRows: params.minRows, limits: params.limits });
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
      segments: grouped?.rows ?? [],
      ...(labelled === null ? {} : { labelled: { target: labelled.target, probability: labelled.probability } }),
    },
    outputs.profile.path,
  );
  await outputs.page.write(
    driftPage(result, {
      threshold: decision.threshold,
      modelSha256: inputs.model.digest,
      minRows: params.minRows,
      limits: params.limits,
      isRun: true,
    }),
  );
  const { status, reasons } = result.verdict;
  if (status === 'act') log.warn(`the population has drifted: ${reasons[0] ?? ''}`);
  log.info(`drift: ${status}`, { status, highlights: [{ label: 'Drift', port: 'page' }] });
};
export default run;
