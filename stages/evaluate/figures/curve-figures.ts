import type { Evaluation } from '../evaluation-schema.ts';
import { channel } from './channel.ts';
import { percent, withInterval } from './number-text.ts';
import type { Figure } from './render-svg.ts';
import { palette, plotSize } from './theme.ts';

/** ROC curve with the line of a model that knows nothing, and the point at which the threshold stands. */
export function rocFigure({ roc, headline, confusion }: Evaluation): Figure {
  const at = [{ x: confusion.fp / (confusion.fp + confusion.tn), y: confusion.tp / (confusion.tp + confusion.fn) }];
  const axes = shares('Share of payers refused', 'Share of defaulters refused');
  return {
    name: 'roc',
    title: `ROC: AUC ${withInterval(headline.auc)}`,
    description: `At the threshold ${percent(at[0]?.y ?? 0)} of defaulters and ${percent(at[0]?.x ?? 0)} of payers are refused (dot). Dashed: no skill.`,
    spec: {
      ...plotSize,
      layer: [
        {
          data: {
            values: [
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ],
          },
          mark: { type: 'line', color: palette.grey, strokeDash: [5, 4] },
          encoding: axes,
        },
        {
          data: { values: points(roc) },
          mark: { type: 'line', color: palette.blue, strokeWidth: 2.5 },
          encoding: { ...axes, order: inOrder },
        },
        { data: { values: at }, mark: { type: 'point', filled: true, size: 110, opacity: 1, color: palette.vermillion }, encoding: axes },
      ],
    },
  };
}

/** Precision–recall curve over the base rate. */
export function precisionRecallFigure({ precisionRecall, headline, rows, positives }: Evaluation): Figure {
  const base = positives / rows;
  const axes = shares('Recall: share of defaulters refused', 'Precision: defaulters among the refused');
  return {
    name: 'precision_recall',
    title: `Precision and recall: average precision ${withInterval(headline.prAuc)}`,
    description: `Dashed: the base rate of ${percent(base)}, the precision of refusing at random.`,
    spec: {
      ...plotSize,
      layer: [
        {
          data: {
            values: [
              { x: 0, y: base },
              { x: 1, y: base },
            ],
          },
          mark: { type: 'line', color: palette.grey, strokeDash: [5, 4] },
          encoding: axes,
        },
        {
          data: { values: points(precisionRecall) },
          mark: { type: 'line', color: palette.blue, strokeWidth: 2.5 },
          encoding: { ...axes, order: inOrder },
        },
      ],
    },
  };
}

/** A curve as data rows; `index` keeps their order where x repeats. */
export function points({ x, y }: Evaluation['roc']): { x: number; y: number; index: number }[] {
  return x.map((value, index) => ({ x: value, y: y[index] ?? Number.NaN, index }));
}

function shares(x: string, y: string) {
  const options = { domain: [0, 1], format: '.0%', ticks: 5 } as const;
  return { x: channel('x', x, options), y: channel('y', y, options) };
}

const inOrder = { field: 'index', type: 'quantitative' } as const;
