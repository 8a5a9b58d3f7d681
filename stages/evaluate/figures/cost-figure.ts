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
  // The dearer rule is named above its line, the cheaper one below, so that the names never meet.
  const [dearer, cheaper] = [
    { y: baselines.acceptAll, label: `grant all: ${baselines.acceptAll.toFixed(3)}` },
    { y: baselines.refuseAll, label: `refuse all: ${baselines.refuseAll.toFixed(3)}` },
  ].toSorted((left, right) => right.y - left.y);
  const chosen = [{ x: threshold, y: headline.costPerApplicant.value, label: `threshold ${threshold.toFixed(4)}` }];
  const edge = { x: { value: plotSize.width } } as const;
  return {
    name: 'cost_curve',
    title: `Cost per applicant ${withInterval(headline.costPerApplicant)}`,
    description: `The threshold follows from the costs alone; the curve is what other thresholds would have cost on the holdout.`,
    spec: {
      ...plotSize,
      layer: [
        { data: { values: [dearer, cheaper] }, mark: { type: 'rule', color: palette.grey, strokeDash: [5, 4] }, encoding: { y } },
        { data: { values: [dearer] }, mark: { type: 'text', align: 'right', baseline: 'bottom', dy: -4, dx: -4, color: palette.grey }, encoding: { ...edge, y, text: { field: 'label' } } },
        { data: { values: [cheaper] }, mark: { type: 'text', align: 'right', baseline: 'top', dy: 5, dx: -4, color: palette.grey }, encoding: { ...edge, y, text: { field: 'label' } } },
        { data: { values: curve }, mark: { type: 'line', color: palette.blue, strokeWidth: 2.5, interpolate: 'step-before' }, encoding: { x, y } },
        { data: { values: chosen }, mark: { type: 'rule', color: palette.vermillion, strokeWidth: 1.5 }, encoding: { x } },
        { data: { values: chosen }, mark: { type: 'point', filled: true, size: 110, opacity: 1, color: palette.vermillion }, encoding: { x, y } },
        { data: { values: chosen }, mark: { type: 'text', align: 'left', baseline: 'bottom', dx: 6, dy: -6, color: palette.vermillion }, encoding: { x, y: { value: plotSize.height }, text: { field: 'label' } } },
      ],
    },
  };
}
