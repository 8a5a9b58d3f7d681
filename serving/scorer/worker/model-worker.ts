/** Entry of the threads that hold boosters: scores and explains rows. One thread a lane, so that explaining never holds up scoring. */
import { workerData } from 'node:worker_threads';
import { SluiceError } from '../../../pipeline/index.ts';
import { applyCalibrator } from '../../../stages/calibrate/apply-calibrator.ts';
import { exactContributions } from '../../../stages/explanations/contributions.ts';
import { type Champion, loadChampion } from '../../../stages/gate/load-champion.ts';
import { scoreRows } from '../../../stages/scoring/score-rows.ts';
import { answerLane, type Answered } from './answer-lane.ts';
import type { ModelRef, ModelRequests } from './model-requests.ts';

const { projectDir } = workerData as { readonly projectDir: string };
const models = new Map<string, Champion>();

answerLane(
  {
    open: async ({ key, folder, sha256 }: ModelRef): Promise<Answered> => {
      const model = models.get(key) ?? (await loadChampion(folder, { modelSha256: sha256, threads: 1, projectDir }));
      models.set(key, model);
      const { explainer } = model.model;
      const { kind } = explainer;
      return { value: { explainer: kind === 'exact' ? { kind, method: explainer.method } : { kind, reason: explainer.reason } } };
    },
    close: ({ key }: ModelRequests['close']['ask']): Answered => {
      models.get(key)?.[Symbol.dispose]();
      models.delete(key);
      return { value: null };
    },
    score: ({ key, rows, data }: ModelRequests['score']['ask']): Answered => {
      const { model, calibrator } = opened(key);
      const { margin, calibrated } = scoreRows(model, { rows, columns: model.features, data }, calibrator);
      return { value: { margin, calibrated } };
    },
    explain: ({ key, rows, data }: ModelRequests['explain']['ask']): Answered => {
      const { model, calibrator } = opened(key);
      const { values, bias, margin, probability } = exactContributions(model, { rows, columns: model.features, data });
      const calibrated = applyCalibrator(calibrator, probability);
      return { value: { values, bias, margin, calibrated }, transfer: [values.buffer as ArrayBuffer] };
    },
  },
  () => {
    for (const model of models.values()) model[Symbol.dispose]();
  },
);

function opened(key: string): Champion {
  const model = models.get(key);
  if (model === undefined) throw new SluiceError('INTERNAL', `model ${key} is not open in this worker`);
  return model;
}
