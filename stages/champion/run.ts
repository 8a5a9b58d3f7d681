import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  connectMlflow,
  fetchVersionFiles,
  findRival,
  isSluiceError,
  NO_SERVER,
  printableUri,
  type StageBody,
  taggedDigests,
} from '../../pipeline/index.ts';
import { readGateFile } from '../gate/rules/rule-file.ts';
import { judgeWaivers } from '../gate/waivers.ts';
import { championFiles, modelFileOf } from './champion-files.ts';
import { evidenceAhead } from './evidence-ahead.ts';
import { modelKey } from './model-key.ts';
import type { champion, ChampionStatus } from './stage.ts';

/** The run goes on without an answer, so it does not wait long for one. */
const PATIENCE_MS = 5000;

const run: StageBody<typeof champion> = async (context) => {
  const { inputs, params, outputs, log, tracking, signal } = context;
  const { waivers } = readGateFile(inputs.rules);
  await outputs.waivers.write(judgeWaivers(waivers, new Date().toISOString().slice(0, 10), inputs.model.digest));
  let confirmed = false;
  const fetchStatus = async (): Promise<ChampionStatus> => {
    if (tracking === null) return { state: 'unknown', reason: 'no tracking server was given' };
    const connection = connectMlflow(tracking.uri, { retryForMs: PATIENCE_MS, signal });
    const { version: rival, registered } = await findRival(connection, params.modelName, modelKey(inputs));
    // A model that is registered already was judged already: this run only asks again.
    confirmed = registered;
    if (rival === undefined) return { state: 'none' };
    const digests = taggedDigests(rival);
    const digested = Object.keys(digests).toSorted();
    const model = modelFileOf((file) => digested.includes(file));
    const complete = await fetchVersionFiles(connection, rival, { folder: outputs.files.path, files: championFiles(digested) });
    if (!complete)
      return {
        state: 'unknown',
        reason: `version ${rival.version} of "${params.modelName}" was not registered by this pipeline: it has no calibration or digests to compare with`,
      };
    return { state: 'known', model: params.modelName, version: rival.version, modelSha256: digests[model] ?? '' };
  };

  const status = await fetchStatus().catch((error: unknown): ChampionStatus => {
    if (!isSluiceError(error) || error.code !== 'MLFLOW_UNREACHABLE') throw error;
    log.debug(error.message);
    return { state: 'unknown', reason: whyUnreached(tracking?.uri ?? '') };
  });
  if (status.state !== 'known') await clear(outputs.files.path);
  if (status.state === 'unknown')
    log.warn(`the champion of "${params.modelName}" is unknown, so nothing is promoted over it: ${status.reason}`);
  await outputs.status.write(status);
  await outputs.ahead.write(status.state === 'unknown' ? null : await evidenceAhead(context));
  return { confirmed };
};
export default run;

function whyUnreached(uri: string): string {
  return uri === NO_SERVER ? 'there is no MLflow server' : `MLflow at ${printableUri(uri)} could not be reached`;
}

/** A download that broke off must not look like a champion. */
async function clear(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { force: true, recursive: true });
}
