import type { Evaluation } from '../evaluation-schema.ts';
import { channel } from './channel.ts';
import { points } from './curve-figures.ts';
import { withInterval } from './number-text.ts';
import type { Figure } from './render-svg.ts';
import { palette, plotSize } from './theme.ts';

/** Cost per applicant by threshold, the threshold in use, and the two rules that need no model. */
export function costFigure({ costCurve, threshold, headline, baselines }: Evaluation): Figure {
  const right = Math.min(1, Math.max(0.4, 2 * threshold));
  const curve = points(costCurve).filter(({ x }) => x <= right);
  const top = Math.max(...curve.map(({ y }) => y), baselines.acceptAll, baselines.refuseAll);
  const x = channel('x', 'Threshold: refuse at or above this calibrated probability', { domain: [0, right], format: '.0%', ticks: 8 });
  const y = channel('y', 'Cost per applicant', { domain: [0, top * 1.12] });
  const chosen = [{ x: threshold, y: headline.costPerApplicant.value, label: `threshold ${threshold.toFixed(4)}` }];
  return {
    name: 'cost_curve',
    title: `Cost per applicant ${withInterval(headline.costPerApplicant)}`,
    description: `The threshold follows from the costs alone; the curve is what other thresholds would have cost on the holdout.`,
    spec: {
      ...plotSize,
      layer: [
        ...trivialLayers(baselines, y),
        {
          data: { values: curve },
          mark: { type: 'line', color: palette.blue, strokeWidth: 2.5, interpolate: 'step-before' },
          encoding: { x, y },
        },
        { data: { values: chosen }, mark: { type: 'rule', color: palette.vermillion, strokeWidth: 1.5 }, encoding: { x } },
        {
          data: { values: chosen },
          mark: { type: 'point', filled: true, size: 110, opacity: 1, color: palette.vermillion },
          encoding: { x, y },
        },
        {
          data: { values: chosen },
          mark: { type: 'text', align: 'left', baseline: 'bottom', dx: 6, dy: -6, color: palette.vermillion },
          encoding: { x, y: { value: plotSize.height }, text: { field: 'label' } },
        },
      ],
    },
  };
}

/** The two rules that need no model, named at the right of the plot: the dearer above its line, the cheaper below, clear of each other and of the curve. */
function trivialLayers({ acceptAll, refuseAll }: Evaluation['baselines'], y: ReturnType<typeof channel>) {
  const rules = [
    { y: acceptAll, label: `grant all: ${acceptAll.toFixed(3)}` },
    { y: refuseAll, label: `refuse all: ${refuseAll.toFixed(3)}` },
  ].toSorted((left, right) => right.y - left.y);
  const text = { type: 'text', align: 'left', dx: 6, color: palette.grey } as const;
  const encoding = { x: { value: plotSize.width }, y, text: { field: 'label' } };
  return [
    { data: { values: rules }, mark: { type: 'rule' as const, color: palette.grey, strokeDash: [5, 4] }, encoding: { y } },
    { data: { values: rules.slice(0, 1) }, mark: { ...text, baseline: 'bottom' as const, dy: 2 }, encoding },
    { data: { values: rules.slice(1) }, mark: { ...text, baseline: 'top' as const }, encoding },
  ];
}
