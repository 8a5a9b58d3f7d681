import { sendAhead, type StageBody } from '../../pipeline/index.ts';
import { registrationKey } from '../register/registration-key.ts';
import { foldRuns, foldSeries } from '../register/run-children.ts';
import { runName, userName } from '../register/run-tags.ts';
import type { champion } from './stage.ts';

type Context = Parameters<StageBody<typeof champion>>[0];

/** Opens the run that `register` will complete and sends it the curves of training, nearly all of its points, while other stages still compute. */
export async function curvesAhead({ inputs, params, run, log, tracking, signal }: Context): ReturnType<typeof sendAhead> {
  const { summary, trainMetrics, predictions } = inputs;
  if (tracking?.account === undefined || summary === null || trainMetrics === null || predictions === null) return null;
  const [train, key] = [await trainMetrics.read(), registrationKey({ ...inputs, predictions })];
  return sendAhead({
    target: tracking,
    key,
    modelName: params.modelName,
    run: {
      name: runName(params.modelName, key),
      user: userName(),
      startedAt: tracking.account.startedAt,
      description: `Run \`${run.id}\` is under way: these are the curves of training. The verdict and everything else come when it has ended.`,
      curves: foldSeries(train),
      children: foldRuns(await summary.read(), train),
    },
    events: { warn: (message) => log.warn(message), debug: (message) => log.debug(message) },
    signal,
  });
}
