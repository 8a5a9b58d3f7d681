import type { MetricPoint } from '../../pipeline/index.ts';
import type { Evaluation } from '../evaluate/evaluation-schema.ts';

export interface MetricSources {
  readonly train: readonly MetricPoint[];
  readonly calibration: readonly MetricPoint[];
  readonly evaluate: readonly MetricPoint[];
  readonly drift: readonly MetricPoint[];
  readonly evaluation: Evaluation;
}

export interface RunMetrics {
  /** Measured on the holdout: shown on the model as well. */
  readonly holdout: readonly MetricPoint[];
  readonly others: readonly MetricPoint[];
}

/** Every point once. Where two stages name the same point, the judge of the holdout has the last word. */
export function runMetrics(sources: MetricSources): RunMetrics {
  const points = new Map<string, MetricPoint>();
  for (const point of [...headline(sources.evaluation), ...sources.train, ...sources.calibration, ...sources.drift, ...sources.evaluate]) {
    points.set(`${point.step} ${point.name}`, point);
  }
  const all = [...points.values()];
  const isHoldout = ({ name }: MetricPoint): boolean => name.startsWith('holdout_') || name === 'threshold';
  return { holdout: all.filter(isHoldout), others: all.filter((point) => !isHoldout(point)) };
}

/** The names that others rely on, from the evaluation itself. */
function headline({ headline: found, threshold }: Evaluation): MetricPoint[] {
  const values: Readonly<Record<string, number>> = {
    holdout_auc: found.auc.value,
    holdout_auc_lo: found.auc.lo,
    holdout_auc_hi: found.auc.hi,
    holdout_gini: found.gini.value,
    holdout_ks: found.ks.value,
    holdout_pr_auc: found.prAuc.value,
    holdout_log_loss: found.logLoss.value,
    holdout_brier: found.brier.value,
    holdout_ece: found.ece.value,
    holdout_cost_per_applicant: found.costPerApplicant.value,
    threshold,
  };
  return Object.entries(values).map(([name, value]) => ({ name, value, step: 0 }));
}
