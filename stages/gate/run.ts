import { DuckDb, type StageBody } from '../../pipeline/index.ts';
import { aucRule, calibrationRule, costRule } from './absolute-rules.ts';
import { calibrationNoise } from './calibration-noise.ts';
import { compareWithChampion } from './compare-with-champion.ts';
import { readJudgedRows } from './judged-rows.ts';
import type { gate } from './stage.ts';

const run: StageBody<typeof gate> = async ({ inputs, params, outputs, threads, memoryMb, tempDir, run: work, log }) => {
  const [evaluation, decision, status] = await Promise.all([inputs.evaluation.read(), inputs.decision.read(), inputs.champion.read()]);
  using db = await DuckDb.open({ threads, memoryMb, tempDir });
  await db.view('predictions', inputs.predictions.path);
  await db.view('holdout', inputs.holdout.path);
  const rows = await readJudgedRows(db);
  const resampling = { replicates: params.bootstrap, seed: params.seed };
  const absolute = [
    aucRule(evaluation, params.minAuc),
    calibrationRule(evaluation, params.maxEce, calibrationNoise(rows.calibrated, resampling)),
    costRule(evaluation, params.maxCostShare),
  ];
  const comparison = await compareWithChampion(db, rows, status, {
    files: inputs.championFiles.path,
    columns: inputs.holdout.columns,
    costs: { falseNegative: decision.costFalseNegative, falsePositive: decision.costFalsePositive },
    maxAucLoss: params.maxAucLoss,
    maxCostIncrease: params.maxCostIncrease,
    ...resampling,
    threads,
    projectDir: work.projectDir,
  });
  const rules = [...absolute, ...comparison.rules];
  const deciding = comparison.binding ? rules : absolute;
  const verdict = deciding.every(({ passed }) => passed) ? 'passed' : 'rejected';
  await outputs.verdict.write({ verdict, against: comparison.against, rules });
  // The rules of a rejected model are printed with its verdict; of one that passed nobody would hear.
  for (const { rule, passed, reason } of rules) if (!passed) log[verdict === 'passed' ? 'warn' : 'info'](`rule ${rule}: ${reason}`);
  return { verdict, rules };
};

export default run;
