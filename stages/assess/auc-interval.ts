import { delong } from '../metrics/delong.ts';
import type { EstimatedInterval } from '../metrics/metric-schemas.ts';
import type { JudgedRows } from './judged-rows.ts';

/** AUC with DeLong's interval; null with fewer than two rows of an outcome. */
export function aucInterval({ target, probability }: JudgedRows): EstimatedInterval | null {
  const positives = target.reduce((sum, value) => sum + value, 0);
  if (Math.min(positives, target.length - positives) < 2) return null;
  const { auc, lo, hi } = delong(target, probability);
  return { value: auc, lo, hi };
}
