import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { SluiceError } from '../../pipeline/index.ts';
import { type Calibrator, type Decision, calibratorSchema, decisionSchema } from '../calibrate/stage.ts';
import { modelFile } from '../champion/champion-files.ts';
import type { FittedModel } from '../scoring/model/fitted-model.ts';
import type { Categories } from '../scoring/model/known-categories.ts';
import { loadFittedModel } from '../scoring/model/load-fitted-model.ts';
import { modelSummary } from '../train/stage.ts';

/** The champion, ready to score. Free it once. */
export interface Champion extends Disposable {
  readonly model: FittedModel;
  /** What the values of its features of categories stand for. */
  readonly categories: Categories;
  readonly calibrator: Calibrator;
  readonly decision: Decision;
}

/**
 * Loads the champion from the folder that the champion stage left. Nothing is taken on trust: the model's bytes must be the
 * registered ones, the JSON files must fit their schemas, and the summary's features must be the model's own.
 * @throws SluiceError MODEL_DAMAGED naming the file
 */
export async function loadChampion(
  folder: string,
  { modelSha256: sha256, threads, projectDir }: { readonly modelSha256: string; readonly threads: number; readonly projectDir: string },
): Promise<Champion> {
  const [summary, calibrator, decision] = await Promise.all([
    readJson(join(folder, 'summary.json'), modelSummary),
    readJson(join(folder, 'calibrator.json'), calibratorSchema),
    readJson(join(folder, 'decision.json'), decisionSchema),
  ]);
  const model = await loadFittedModel(join(folder, modelFile(summary.format)), { summary, sha256, threads, projectDir });
  return { model, categories: summary.categories ?? {}, calibrator, decision, [Symbol.dispose]: () => model[Symbol.dispose]() };
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
