import type { Calibrator, Decision } from '../calibrate/stage.ts';
import type { ModelSummary } from '../train/stage.ts';

/** The run's params: what the model was made with, as texts. */
export function runParams({
  summary,
  calibrator,
  decision,
}: {
  readonly summary: ModelSummary;
  readonly calibrator: Calibrator;
  readonly decision: Decision;
}): Record<string, string> {
  const own: Record<string, string | number> = {
    library: `${summary.library} ${summary.libraryVersion}`,
    features: summary.features.length,
    prohibited_features: summary.prohibited.length,
    rounds: summary.rounds,
    class_weight: summary.classWeight,
    positive_weight: summary.positiveWeight,
    folds: summary.folds.length,
    rows: summary.rows,
    positives: summary.positives,
    calibration: calibrator.method,
    cost_false_negative: decision.costFalseNegative,
    cost_false_positive: decision.costFalsePositive,
  };
  return Object.fromEntries(Object.entries({ ...summary.parameters, ...own }).map(([name, value]) => [name, String(value)]));
}
