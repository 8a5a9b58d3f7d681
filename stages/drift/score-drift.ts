import type { DuckDb, FloatMatrix } from '../../pipeline/index.ts';
import type { Calibrator, Decision } from '../calibrate/stage.ts';
import type { CatalogueEntry } from '../features/catalogue.ts';
import { loadFittedModel } from '../scoring/model/load-fitted-model.ts';
import { readFeatureMatrix, scoreRows } from '../scoring/score-rows.ts';
import type { ModelSummary } from '../train/stage.ts';
import { compareScores } from './compare-scores.ts';
import type { DriftResult } from './drift-schema.ts';
import { type ExplainedParts, explainParts, featureLevels } from './outlook/explain-parts.ts';
import partsSql from './score-parts.sql';

export interface ScoreDriftInputs {
  readonly tablePath: string;
  readonly foldsPath: string;
  readonly modelPath: string;
  readonly modelDigest: string;
  readonly summary: ModelSummary;
  readonly calibrator: Calibrator;
  readonly decision: Decision;
  readonly catalogue: readonly CatalogueEntry[];
  readonly threads: number;
  readonly projectDir: string;
}

export interface ScoreComparison {
  readonly result: NonNullable<DriftResult['score']>;
  /** The holdout's probabilities, the score's reference, for the profile. */
  readonly reference: Float32Array;
  /** The current part, for the estimate of what its decisions will cost. */
  readonly current: { readonly features: FloatMatrix; readonly probability: Float32Array };
  readonly explained: ExplainedParts;
}

/**
 * PSI of the model's own probability, mean calibrated PD and approval rate, on the holdout against application_test.
 * Null where either has no rows.
 */
export async function scoreDrift(db: DuckDb, inputs: ScoreDriftInputs): Promise<ScoreComparison | null> {
  await db.view('feature_rows', inputs.tablePath);
  await db.view('fold_rows', inputs.foldsPath);
  await db.run(partsSql);
  const holdout = await readFeatureMatrix(db, 'holdout_features', inputs.summary.features);
  const current = await readFeatureMatrix(db, 'current_features', inputs.summary.features);
  if (holdout.rows === 0 || current.rows === 0) return null;
  const { summary, modelDigest: sha256, threads, projectDir } = inputs;
  using model = await loadFittedModel(inputs.modelPath, { summary, sha256, threads, projectDir });
  const before = scoreRows(model, holdout, inputs.calibrator);
  const after = scoreRows(model, current, inputs.calibrator);
  const result = compareScores(before, after, inputs.decision.threshold);
  if (result === null) return null;
  return {
    result,
    reference: before.probability,
    current: { features: current, probability: after.probability },
    explained: explainParts(
      model,
      { reference: holdout, current },
      { catalogue: inputs.catalogue, levels: featureLevels(inputs.catalogue, summary.categories) },
    ),
  };
}
