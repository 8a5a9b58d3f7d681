import type { ChildRun, MetricPoint } from '../../pipeline/index.ts';
import type { ModelSummary } from '../train/stage.ts';

const SERIES = /^fold(\d+)_(.+)$/;

/** The points of all rounds of all folds, each once: what there is most of, and what is known first. */
export function foldSeries(train: readonly MetricPoint[]): readonly MetricPoint[] {
  return [...new Map(train.filter(isOfFold).map((point) => [`${point.step} ${point.name}`, point])).values()];
}

export function isOfFold({ name }: MetricPoint): boolean {
  return SERIES.test(name);
}

/** One run below the run for each fold: its rows, the rounds that were kept, and its own series under names without the fold. */
export function foldRuns(summary: ModelSummary, train: readonly MetricPoint[]): readonly ChildRun[] {
  const series = new Map<number, MetricPoint[]>();
  for (const point of train) {
    const [, fold, name] = SERIES.exec(point.name) ?? [];
    if (fold === undefined || name === undefined) continue;
    const points = series.get(Number(fold)) ?? [];
    points.push({ ...point, name });
    series.set(Number(fold), points);
  }
  return summary.folds.map(({ fold, rows, positives, auc, rounds }) => ({
    name: `fold ${fold}`,
    tags: { 'sluice.fold': String(fold) },
    params: { fold: String(fold), rows: String(rows), positives: String(positives), rounds: String(rounds) },
    metrics: [{ name: 'auc', value: auc, step: 0 }, ...(series.get(fold) ?? [])],
  }));
}
