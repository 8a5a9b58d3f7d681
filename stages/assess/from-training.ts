import type { MetricPoint } from '../../pipeline/index.ts';
import type { ProhibitedDecisions } from './fairness/prohibited-decisions.ts';
import type { Assessment } from './assessment-schema.ts';

/** What leaving the prohibited features out costs, from training's metrics; null where it was not measured. */
export function withProhibited(
  points: readonly MetricPoint[],
  decisions: ProhibitedDecisions | null,
): Assessment['fairness']['withProhibited'] {
  const value = (name: string): number | undefined => points.find((point) => point.name === name)?.value;
  const [auc, aucWith] = [value('cv_auc'), value('cv_auc_with_prohibited')];
  const [logLoss, logLossWith] = [value('cv_log_loss'), value('cv_log_loss_with_prohibited')];
  if (auc === undefined || aucWith === undefined || logLoss === undefined || logLossWith === undefined) return null;
  return { auc, aucWith, logLoss, logLossWith, decisions };
}

/** AUC, log-loss and cost by number of training rows (the step of `learning_*`), ascending. */
export function learningCurve(points: readonly MetricPoint[]): Assessment['learning'] {
  const at = (name: string, step: number): number | undefined => points.find((point) => point.name === name && point.step === step)?.value;
  return points
    .filter(({ name }) => name === 'learning_auc')
    .toSorted((left, right) => left.step - right.step)
    .map(({ step, value }) => ({
      rows: step,
      auc: value,
      logLoss: at('learning_log_loss', step) ?? 0,
      cost: at('learning_cost', step) ?? 0,
    }));
}
