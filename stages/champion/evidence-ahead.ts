import { join } from 'node:path';
import { sendAhead, type StageBody } from '../../pipeline/index.ts';
import { loggedModel, modelFiles } from '../register/model-files.ts';
import { registrationKey } from '../register/registration-key.ts';
import { foldRuns, foldSeries } from '../register/run-children.ts';
import { earlyFiles } from '../register/run-files.ts';
import { originTags, runName, userName } from '../register/run-tags.ts';
import { modelKey } from './model-key.ts';
import type { champion } from './stage.ts';

type Context = Parameters<StageBody<typeof champion>>[0];

/** Opens the run that `register` will complete and sends it what is known by now, most of what it will hold, while other stages still compute. */
export async function evidenceAhead({ inputs, params, run, log, tracking, tempDir, signal }: Context): ReturnType<typeof sendAhead> {
  const { summary, trainMetrics, predictions, sample, example, evaluation, figures, catalogue, ...known } = inputs;
  if (tracking?.account === undefined || summary === null || trainMetrics === null || catalogue === null) return null;
  if (predictions === null || sample === null || example === null || evaluation === null || figures === null) return null;
  const { startedAt } = tracking.account;
  const [facts, train, key] = [await summary.read(), await trainMetrics.read(), registrationKey({ ...inputs, predictions })];
  const files = { ...known, summary, catalogue, predictions, sample, evaluation, figures };
  return sendAhead({
    target: tracking,
    key,
    runId: run.id,
    run: {
      name: runName(params.modelName, key),
      user: userName(),
      startedAt,
      tags: originTags(run),
      description: `Run \`${run.id}\` is under way: this is what is known so far. The verdict and everything else come when it has ended.`,
      curves: foldSeries(train),
      children: foldRuns(facts, train),
      files: await earlyFiles(files),
    },
    model: {
      ...loggedModel(params.modelName, facts),
      modelKey: modelKey(inputs),
      files: await modelFiles(
        { ...files, explanationReference: null },
        { summary: facts, example: await example.read(), projectDir: run.projectDir, tempDir, createdAt: startedAt },
      ),
    },
    folder: join(tempDir, 'ahead'),
    events: { warn: (message) => log.warn(message), debug: (message) => log.debug(message) },
    signal,
  });
}
