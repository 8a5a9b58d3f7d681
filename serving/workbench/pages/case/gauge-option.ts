import { AXIS_TEXT, CHART_BASE } from '../../charts/chart-base.ts';
import type { ChartOption } from '../../charts/chart-option.ts';
import { INK, LOWERS } from '../../charts/palette.ts';
import type { Format } from '../../words/format.ts';
import { applicantMark } from './applicant-mark.ts';
import type { Score } from './explain-answer.ts';

/** The end of the scale: room for the band and for twice the threshold, in steps of five points. */
function scaleEnd({ probabilityOfDefault: { value, high }, threshold }: Score): number {
  const needed = Math.max(value, high ?? 0, 2 * threshold.value);
  return Math.min(1, Math.ceil((needed * 1.05) / 0.05) * 0.05);
}

/** A scale from 0 with the band as a bar, the threshold as a dashed line, the applicant as a diamond. No number but those of the axis. */
export function gaugeOption(score: Score, format: Format): ChartOption {
  const { value, low, high } = score.probabilityOfDefault;
  return {
    ...CHART_BASE,
    grid: { left: 16, right: 16, top: 10, bottom: 30 },
    xAxis: {
      type: 'value',
      min: 0,
      max: scaleEnd(score),
      axisLabel: { ...AXIS_TEXT, formatter: (share: number) => format.percent(share, 0), hideOverlap: true },
      splitLine: { show: false },
      axisLine: { show: true, onZero: false },
    },
    yAxis: { type: 'category', data: [''], show: false },
    series: [
      {
        type: 'custom',
        silent: true,
        data: low === null || high === null ? [] : [[low, high]],
        renderItem: (_, api) => {
          const [left = 0, middle = 0] = api.coord([api.value(0), 0]);
          const [right = 0] = api.coord([api.value(1), 0]);
          return {
            type: 'rect',
            shape: { x: left, y: middle - 11, width: Math.max(2, right - left), height: 22, r: 3 },
            style: { fill: LOWERS.color, opacity: 0.35 },
          };
        },
      },
      {
        ...applicantMark([value, 0]),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: INK, type: 'dashed', width: 2 },
          data: [{ xAxis: score.threshold.value }],
        },
      },
    ],
  };
}
