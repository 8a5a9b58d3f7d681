import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { digestTag, type FilePlacement, type Registration, sha256File, type StageBody } from '../../pipeline/index.ts';
import { modelFile } from '../champion/champion-files.ts';
import { modelKey } from '../champion/model-key.ts';
import type { ModelFormat } from '../scoring/model/formats.ts';
import { comparePage } from './compare/compare-page.ts';
import { gatherComparison } from './compare/gather-comparison.ts';
import { configParams } from './config-params.ts';
import { describeRun, describeVersion, type RunFacts } from './describe-run.ts';
import { judgedAgainst, wantedAlias } from './judged-against.ts';
import { loggedModel, modelFiles, ownFiles } from './model-files.ts';
import { pyfuncLoader } from './pyfunc-loader.ts';
import { registrationKey } from './registration-key.ts';
import { foldRuns, foldSeries, isOfFold } from './run-children.ts';
import { datasetFacts, runDatasets, shortDigest } from './run-datasets.ts';
import { runFiles } from './run-files.ts';
import { runMetrics } from './run-metrics.ts';
import { runParams } from './run-params.ts';
import { runTables, tableTag } from './run-tables.ts';
import { systemMetrics } from './system-metrics.ts';
import { runName, runTags, userName } from './run-tags.ts';
import type { register } from './stage.ts';

export type RegisterContext = Parameters<StageBody<typeof register>>[0];

/** Everything that MLflow is to know of this model, with its files in place. */
export async function gather(context: RegisterContext, experiment: string): Promise<Registration> {
  const { inputs, params, run, tracking, tempDir } = context;
  const facts = await readFacts(context);
  const { summary, verdict } = facts;
  const account = tracking?.account;
  const now = Date.now();
  const key = registrationKey(inputs);
  const train = await inputs.trainMetrics.read();
  const metrics = runMetrics({
    train: train.filter((point) => !isOfFold(point)),
    calibration: await inputs.calibrationMetrics.read(),
    evaluate: await inputs.metrics.read(),
    drift: (await inputs.driftMetrics?.read()) ?? [],
    evaluation: facts.evaluation,
  });
  const ownParams = { ...runParams(facts), ...configParams(account?.config ?? {}) };
  const datasets = runDatasets(inputs, run.projectDir);
  const tables = runTables({ verdict, account, run: run.id });
  const comparison = await gatherComparison(context, facts, {
    params: ownParams,
    datasets: datasetFacts(datasets),
    commit: run.gitCommit,
  });
  return {
    key,
    experiment,
    run: {
      name: runName(params.modelName, key),
      user: userName(),
      description: describeRun({ ...facts, run: run.id, stages: account?.stages ?? [], compared: comparison?.champion ?? null }),
      tags: { ...runTags(run, verdict), ...tableTag(tables) },
      params: ownParams,
      metrics: metrics.others,
      curves: foldSeries(train),
      system: systemMetrics(account),
      children: foldRuns(summary, train),
      ahead: (await inputs.ahead?.read()) ?? null,
      datasets,
      files: [
        ...(await runFiles({ ...inputs, comparison: (comparison?.comparison ?? null) === null ? null : inputs.comparison })),
        ...(await writtenFiles(tempDir, {
          ...(comparison === null ? {} : { 'reports/compare.html': comparePage(comparison) }),
          ...Object.fromEntries(tables.map(({ path, ...table }) => [path, JSON.stringify(table)])),
          ...(account === undefined ? {} : { 'sluice.lock': account.lock, 'config.json': `${JSON.stringify(account.config, null, 2)}\n` }),
        })),
      ],
      startedAt: account?.startedAt ?? now,
      endedAt: now,
    },
    model: {
      ...loggedModel(params.modelName, summary),
      description: 'Probability that a loan applicant defaults, before calibration. Aliases: champion decides, challenger waits.',
      metrics: metrics.holdout,
      metricsOn: { name: 'holdout', digest: shortDigest(inputs.holdout.digest) },
      files: await modelFiles(inputs, {
        summary,
        example: await inputs.example.read(),
        projectDir: run.projectDir,
        tempDir,
        createdAt: now,
      }),
      versionDescription: describeVersion(facts),
      versionTags: {
        ...(await fileDigests(inputs, summary.format)),
        ...loaderDigest(summary.format),
        'sluice.predictions_sha256': inputs.predictions.digest,
        'sluice.verdict': verdict?.verdict ?? 'none',
      },
      modelKey: modelKey(inputs),
    },
    judgement: { alias: wantedAlias(verdict), judgedAgainst: judgedAgainst(await inputs.champion.read()) },
  };
}

/** Texts as files, under their paths. */
async function writtenFiles(tempDir: string, texts: Readonly<Record<string, string>>): Promise<readonly FilePlacement[]> {
  const placed: FilePlacement[] = [];
  for (const [path, text] of Object.entries(texts)) {
    const from = join(tempDir, 'written', path);
    await mkdir(dirname(from), { recursive: true });
    await writeFile(from, text);
    placed.push({ path, from });
  }
  return placed;
}

async function readFacts({ inputs, params }: RegisterContext): Promise<RunFacts> {
  return {
    modelName: params.modelName,
    summary: await inputs.summary.read(),
    evaluation: await inputs.evaluation.read(),
    calibrator: await inputs.calibrator.read(),
    decision: await inputs.decision.read(),
    verdict: (await inputs.verdict?.read()) ?? null,
    drift: (await inputs.driftResult?.read()) ?? null,
  };
}

/** Tags from which champion and serving prove, later, that the files are still those that were registered. */
async function fileDigests(inputs: RegisterContext['inputs'], format: ModelFormat): Promise<Record<string, string>> {
  const paths = { [modelFile(format)]: inputs.model.path, ...(await ownFiles(inputs)) };
  const entries = Object.entries(paths).map(async ([name, path]) => [digestTag(name), await sha256File(path)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** The code that Python runs to open the model is registered like the model. */
function loaderDigest(format: ModelFormat): Record<string, string> {
  const loader = pyfuncLoader(format);
  return loader === undefined ? {} : { [digestTag(`code/${loader.module}.py`)]: loader.sha256 };
}
