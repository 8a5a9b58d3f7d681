import type { MetricPoint } from '../../../pipeline/index.ts';
import { channel } from './channel.ts';
import type { Figure } from './render-svg.ts';
import { foldColours } from './theme.ts';

interface RoundPoint {
  readonly fold: string;
  readonly metric: string;
  readonly round: number;
  readonly value: number;
}

/** More points than this on a line 190 pixels wide cannot be seen. */
const POINTS_PER_LINE = 120;

const panels = [
  { metric: 'auc', title: 'AUC' },
  { metric: 'log_loss', title: 'Log-loss' },
  { metric: 'cost', title: 'Cost per applicant' },
] as const;

/** Validation metrics of each fold by boosting round. Null where training logged none. */
export function roundsFigure(metrics: readonly MetricPoint[]): Figure | null {
  const points = metrics.map(toRoundPoint).filter((point) => point !== null);
  if (points.length === 0) return null;
  const folds = [...new Set(points.map(({ fold }) => fold))].toSorted((left, right) => Number(left) - Number(right));
  const last = points.reduce((most, { round }) => Math.max(most, round), 0);
  const fold = {
    field: 'fold',
    type: 'nominal',
    title: 'Validation fold',
    sort: folds,
    legend: { orient: 'bottom', symbolSize: 300, symbolStrokeWidth: 2 },
  } as const;
  const color = { ...fold, scale: { domain: folds, range: folds.map((_, at) => foldColours[at % foldColours.length] ?? '#000000') } };
  const strokeDash = { ...fold, scale: { domain: folds } };
  return {
    name: 'rounds',
    title: `Training: ${folds.length} folds over ${last} rounds`,
    description:
      'Each line is one fold, measured on clients that it was not trained on; each fold stops when its log-loss no longer falls.',
    spec: {
      hconcat: panels.map(({ metric, title }) => ({
        width: 190,
        height: 250,
        data: { values: thin(points.filter((point) => point.metric === metric)) },
        layer: [
          {
            mark: { type: 'line', strokeWidth: 1.6 },
            encoding: {
              x: channel('round', 'Round', { ticks: 4 }),
              y: channel('value', title),
              color,
              strokeDash,
            },
          },
        ],
      })),
    },
  };
}

function toRoundPoint({ name, value, step }: MetricPoint): RoundPoint | null {
  const { fold, metric } = /^fold(?<fold>\d+)_valid_(?<metric>auc|log_loss|cost)$/.exec(name)?.groups ?? {};
  return fold === undefined || metric === undefined ? null : { fold, metric, round: step, value };
}

/** Every k-th round of each fold, and its last one. */
function thin(points: readonly RoundPoint[]): RoundPoint[] {
  const last = points.reduce((most, { round }) => Math.max(most, round), 0);
  const every = Math.max(1, Math.ceil(last / POINTS_PER_LINE));
  const ends = new Map<string, number>();
  for (const { fold, round } of points) ends.set(fold, Math.max(round, ends.get(fold) ?? 0));
  return points.filter(({ fold, round }) => round % every === 0 || round === ends.get(fold));
}
