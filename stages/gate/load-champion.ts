import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { SluiceError, type Booster, type Xgboost } from '../../pipeline/index.ts';
import { type Calibrator, type Decision, calibratorSchema, decisionSchema } from '../calibrate/stage.ts';
import { modelSummary } from '../train/stage.ts';

/** The champion, ready to score. Free it once. */
export interface Champion extends Disposable {
  readonly booster: Booster;
  readonly features: readonly string[];
  readonly calibrator: Calibrator;
  readonly decision: Decision;
}

/**
 * Loads the champion from the folder that the champion stage left. Nothing is taken on trust: the model's bytes must be the
 * registered ones, the JSON files must fit their schemas, and the summary's features must be the model's own.
 * @throws SluiceError MODEL_DAMAGED naming the file
 */
export async function loadChampion(xgboost: Xgboost, folder: string, modelSha256: string): Promise<Champion> {
  const [summary, calibrator, decision] = await Promise.all([
    readJson(join(folder, 'summary.json'), modelSummary),
    readJson(join(folder, 'calibrator.json'), calibratorSchema),
    readJson(join(folder, 'decision.json'), decisionSchema),
  ]);
  const booster = xgboost.loadModel(join(folder, 'model.ubj'), modelSha256);
  const names = booster.featureNames;
  if (names.length !== summary.features.length || names.some((name, at) => name !== summary.features[at])) {
    booster.free();
    throw damaged(
      `${join(folder, 'summary.json')} lists ${summary.features.length} features that are not the ${names.length} of model.ubj, or not in its order`,
    );
  }
  return { booster, features: summary.features, calibrator, decision, [Symbol.dispose]: () => booster.free() };
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw damaged(`${path} of the champion cannot be used: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

function damaged(message: string, cause?: unknown): SluiceError {
  return new SluiceError('MODEL_DAMAGED', message, {
    cause,
    hint: 'Look at the champion’s version in MLflow; if its files are damaged there, move the alias back to a whole version.',
  });
}
