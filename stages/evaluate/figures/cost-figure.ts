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
  const y = channel('y', 'Cost per applicant', { domain: [0, top * 1.08] });
  const trivial = [
    { y: baselines.acceptAll, label: `grant all: ${baselines.acceptAll.toFixed(3)}` },
    { y: baselines.refuseAll, label: `refuse all: ${baselines.refuseAll.toFixed(3)}` },
  ];
  const chosen = [{ x: threshold, y: headline.costPerApplicant.value, label: `threshold ${threshold.toFixed(4)}` }];
  return {
    name: 'cost_curve',
    title: `Cost per applicant ${withInterval(headline.costPerApplicant)}`,
    description: `The threshold follows from the costs alone; the curve is what other thresholds would have cost on the holdout.`,
    spec: {
      ...plotSize,
      layer: [
        { data: { values: trivial }, mark: { type: 'rule', color: palette.grey, strokeDash: [5, 4] }, encoding: { y } },
        { data: { values: trivial }, mark: { type: 'text', align: 'right', baseline: 'bottom', dy: -3, dx: -4, color: palette.grey }, encoding: { x: { value: plotSize.width }, y, text: { field: 'label' } } },
        { data: { values: curve }, mark: { type: 'line', color: palette.blue, strokeWidth: 2.5, interpolate: 'step-after' }, encoding: { x, y } },
        { data: { values: chosen }, mark: { type: 'rule', color: palette.vermillion, strokeWidth: 1.5 }, encoding: { x } },
        { data: { values: chosen }, mark: { type: 'point', filled: true, size: 110, opacity: 1, color: palette.vermillion }, encoding: { x, y } },
        { data: { values: chosen }, mark: { type: 'text', align: 'left', dx: 8, dy: 14, color: palette.vermillion }, encoding: { x, y, text: { field: 'label' } } },
      ],
    },
  };
}
