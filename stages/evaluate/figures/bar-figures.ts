import type { Evaluation } from '../evaluation-schema.ts';
import { channel } from './channel.ts';
import { percent } from './number-text.ts';
import type { Figure } from './render-svg.ts';
import { palette, plotSize } from './theme.ts';

/** Default rate by tenth of the score, against the base rate. */
export function liftFigure({ lift, rows, positives }: Evaluation): Figure {
  const base = positives / rows;
  const values = lift.map((row) => ({ ...row, label: `×${row.lift.toFixed(1)}` }));
  const caught = lift.slice(0, 1).reduce((sum, row) => sum + row.positives, 0) / positives;
  const x = { field: 'decile', type: 'ordinal', title: 'Tenth of applicants, riskiest first', axis: { labelAngle: 0 } } as const;
  const y = channel('rate', 'Share that defaulted', { format: '.0%', domain: [0, Math.max(base, ...lift.map(({ rate }) => rate)) * 1.12] });
  return {
    name: 'lift',
    title: `Lift: the riskiest tenth default ${(lift[0]?.lift ?? 0).toFixed(1)} times as often as all`,
    description: `That tenth holds ${percent(caught)} of all defaulters. Dashed: the base rate of ${percent(base)}.`,
    spec: {
      ...plotSize,
      data: { values },
      layer: [
        { mark: { type: 'bar', color: palette.blue }, encoding: { x, y } },
        { mark: { type: 'text', baseline: 'bottom', dy: -4 }, encoding: { x, y, text: { field: 'label' } } },
        { data: { values: [{ rate: base }] }, mark: { type: 'rule', color: palette.ink, strokeDash: [5, 4] }, encoding: { y } },
      ],
    },
  };
}

const SHOWN = 20;

/** The twenty features with the largest mean contribution. */
export function importanceFigure({ importance }: Evaluation): Figure {
  const shown = importance.slice(0, SHOWN);
  const total = importance.reduce((sum, { meanAbsShap }) => sum + meanAbsShap, 0);
  const part = shown.reduce((sum, { meanAbsShap }) => sum + meanAbsShap, 0) / (total || 1);
  const values = shown.map((row) => ({ ...row, label: `${row.meanAbsShap.toFixed(3)} · ${row.concept}` }));
  const y = { field: 'feature', type: 'nominal', title: null, sort: null, axis: { labelLimit: 330, labelFontSize: 12 } } as const;
  const x = channel('meanAbsShap', 'Mean absolute contribution to the log-odds of default', {
    domain: [0, (shown[0]?.meanAbsShap ?? 1) * 1.6],
  });
  return {
    name: 'importance',
    title: `Importance: the ${shown.length} features that move predictions most`,
    description: `They make up ${percent(part, 0)} of all movement (exact contributions on the holdout). Behind each bar: its value and concept.`,
    spec: {
      width: plotSize.width,
      height: { step: 22 },
      data: { values },
      layer: [
        { mark: { type: 'bar', color: palette.blue }, encoding: { x, y } },
        { mark: { type: 'text', align: 'left', dx: 5, fontSize: 12 }, encoding: { x, y, text: { field: 'label' } } },
      ],
    },
  };
}
