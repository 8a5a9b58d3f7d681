import { auc } from '../metrics/auc.ts';
import type { CrossValidation, FoldRound } from './cross-validate.ts';
import { mean } from './cross-validate.ts';
import type { LearningPoint } from './learning-curve.ts';
import { type RoundScores, scoreMargins, type Scoring } from './round-scores.ts';

interface MetricsLog {
  log(name: string, value: number, step?: number): void;
}

/** `fold<k>_valid_{auc,log_loss,cost}` of one round, and `fold<k>_train_*` where it was scored; the step is the number of rounds done. */
export function logRound(metrics: MetricsLog, round: number, folds: readonly FoldRound[]): void {
  for (const { fold, valid, train } of folds) {
    logScores(metrics, `fold${fold}_valid`, valid, round);
    if (train !== null) logScores(metrics, `fold${fold}_train`, train, round);
  }
}

/** The single values of a cross-validation: cv_auc is the mean over folds, cv_auc_pooled ranks all rows at once. */
export function logCrossValidation(
  metrics: MetricsLog,
  target: Float32Array,
  { folds, margin, bestRound }: CrossValidation,
  scoring: Scoring,
): void {
  const aucs = folds.map((fold) => fold.auc);
  const pooled = scoreMargins(target, margin, scoring);
  metrics.log('cv_auc', mean(aucs));
  metrics.log('cv_auc_sd', standardDeviation(aucs));
  metrics.log('cv_auc_pooled', auc(target, margin));
  metrics.log('cv_log_loss', pooled.logLoss);
  metrics.log('cv_cost_per_applicant', pooled.cost);
  metrics.log('best_round', bestRound);
}

/** `learning_{auc,log_loss,cost}` on the first fold by number of training rows (the step), its whole model last. */
export function logLearning(metrics: MetricsLog, points: readonly LearningPoint[], { folds }: CrossValidation): void {
  const [first] = folds;
  const rest = folds.slice(1).reduce((sum, { rows }) => sum + rows, 0);
  const whole = first === undefined || points.length === 0 ? [] : [{ ...first, rows: rest }];
  for (const { rows, auc: ranking, logLoss, cost } of [...points, ...whole]) {
    metrics.log('learning_auc', ranking, rows);
    metrics.log('learning_log_loss', logLoss, rows);
    metrics.log('learning_cost', cost, rows);
  }
}

function logScores(metrics: MetricsLog, prefix: string, scores: RoundScores, round: number): void {
  metrics.log(`${prefix}_auc`, scores.auc, round);
  metrics.log(`${prefix}_log_loss`, scores.logLoss, round);
  metrics.log(`${prefix}_cost`, scores.cost, round);
}

/** Of a sample: n − 1 below. */
function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}
