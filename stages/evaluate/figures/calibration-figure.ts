import { wilson } from '../../metrics/wilson.ts';
import type { Evaluation } from '../evaluation-schema.ts';
import { channel } from './channel.ts';
import { withInterval } from './number-text.ts';
import type { Figure } from './render-svg.ts';
import { palette, plotSize } from './theme.ts';

/** Observed against predicted default rate by tenth, with the 95 % Wilson interval of each and its counts. */
export function calibrationFigure({ calibration, headline }: Evaluation): Figure {
  const rows = calibration.map(({ count, predicted, observed }) => ({
    predicted,
    observed,
    ...wilson(observed, count),
    label: String(Math.round(observed * count)),
  }));
  const top = Math.max(...rows.map(({ predicted, hi }) => Math.max(predicted, hi))) * 1.15;
  const x = channel('predicted', 'Predicted probability of default', { domain: [0, top], format: '.0%', squareRoot: true });
  const y = channel('observed', 'Share that defaulted', { domain: [0, top], format: '.0%', squareRoot: true });
  return {
    name: 'calibration',
    title: `Calibration: expected error ${withInterval(headline.ece)}`,
    description: `Tenths of ${calibration[0]?.count ?? 0} applicants, each with its number of defaulters and a 95% interval. Dashed: predictions are right.`,
    spec: {
      ...plotSize,
      data: { values: rows },
      layer: [
        {
          data: { values: diagonal(top) },
          mark: { type: 'line', color: palette.grey, strokeDash: [5, 4], clip: true },
          encoding: { x, y },
        },
        { mark: { type: 'rule', color: palette.blue, strokeWidth: 1.5 }, encoding: { x, y: { ...y, field: 'lo' }, y2: { field: 'hi' } } },
        { mark: { type: 'point', filled: true, size: 70, opacity: 1, color: palette.blue }, encoding: { x, y } },
        {
          mark: { type: 'text', baseline: 'bottom', dy: -4, fontSize: 12 },
          encoding: { x, y: { ...y, field: 'hi' }, text: { field: 'label' } },
        },
      ],
    },
  };
}

/** The line of right predictions. */
function diagonal(top: number): { predicted: number; observed: number }[] {
  return [0, top].map((share) => ({ predicted: share, observed: share }));
}
