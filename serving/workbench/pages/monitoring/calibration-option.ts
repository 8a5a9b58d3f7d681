import { AXIS_TEXT, CHART_BASE, LABELS_INSIDE, NAME_ABOVE, VALUE_AXIS } from '../../charts/chart-base.ts';
import type { ChartOption } from '../../charts/chart-option.ts';
import { INK, LOWERS } from '../../charts/palette.ts';
import type { Format } from '../../words/format.ts';
import type { MonitorAnswer } from './monitor-answer.ts';

type Bins = NonNullable<MonitorAnswer['evaluation']>['calibration'];

interface Frame {
  readonly format: Format;
  readonly words: { readonly predicted: string; readonly happened: string };
}

/** What the model says across, what happened upwards, and the line on which both are one. */
export function calibrationOption(bins: Bins, { format, words }: Frame): ChartOption {
  const end = Math.ceil(Math.max(...bins.flatMap(({ predicted, observed }) => [predicted, observed]), 0.05) * 20) / 20;
  const axis = {
    ...VALUE_AXIS,
    min: 0,
    max: end,
    axisLabel: { ...AXIS_TEXT, formatter: (share: number) => format.percent(share, 0), hideOverlap: true },
  } as const;
  return {
    ...CHART_BASE,
    grid: { left: 8, right: 24, top: 34, bottom: 44, ...LABELS_INSIDE },
    xAxis: { ...axis, name: words.predicted, nameLocation: 'middle', nameGap: 28, axisLine: { show: true } },
    yAxis: { ...axis, name: words.happened, nameTextStyle: NAME_ABOVE },
    series: [
      {
        type: 'scatter',
        silent: true,
        symbolSize: 12,
        itemStyle: { color: LOWERS.color, opacity: 1, decal: { symbol: 'none' } },
        data: bins.map(({ predicted, observed }) => [predicted, observed]),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: INK, type: 'dashed', width: 2 },
          data: [[{ coord: [0, 0] }, { coord: [end, end] }]],
        },
      },
    ],
  };
}
