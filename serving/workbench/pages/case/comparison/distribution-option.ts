import type { CustomSeriesRenderItemAPI } from 'echarts';
import { AXIS_TEXT, CHART_BASE, LABELS_INSIDE, NAME_ABOVE, VALUE_AXIS } from '../../../charts/chart-base.ts';
import { fillOf } from '../../../charts/fill-of.ts';
import type { ChartOption } from '../../../charts/chart-option.ts';
import { RAISES as DEFAULTED, INK, type Look, LOWERS as REPAID } from '../../../charts/palette.ts';
import type { Format } from '../../../words/format.ts';
import type { Bin } from './distribution-bins.ts';

interface Frame {
  readonly value: number | null;
  readonly write: (value: number) => string;
  readonly words: { readonly share: string };
  readonly format: Format;
}

type Known = Bin & { readonly from: number; readonly to: number };

/** Two histograms over each other on one axis of true values; the applicant is an upright dashed line without a number. */
export function distributionOption(bins: readonly Bin[], { value, write, words, format }: Frame): ChartOption {
  const known = bins.filter((bin): bin is Known => bin.from !== null && bin.to !== null);
  const ends = known.flatMap(({ from, to }) => [from, to]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const bars = (look: Look, side: 'repaid' | 'defaulted') => ({
    type: 'custom' as const,
    silent: true,
    itemStyle: { ...look },
    data: known.map((bin) => [bin.from, bin.to, bin[side]]),
    encode: { x: [0, 1], y: 2 },
    renderItem: (_: unknown, api: CustomSeriesRenderItemAPI) => drawBin(api, side),
  });
  return {
    ...CHART_BASE,
    grid: { left: 8, right: 16, top: 28, bottom: 28, ...LABELS_INSIDE },
    xAxis: {
      ...VALUE_AXIS,
      min: low,
      max: high,
      splitLine: { show: false },
      axisLine: { show: true, onZero: false },
      axisLabel: { ...AXIS_TEXT, formatter: write, hideOverlap: true },
    },
    yAxis: {
      ...VALUE_AXIS,
      name: words.share,
      nameTextStyle: NAME_ABOVE,
      axisLabel: { ...AXIS_TEXT, formatter: (share: number) => format.percent(share, 0) },
    },
    series: [
      {
        ...bars(REPAID, 'repaid'),
        markLine: {
          silent: true,
          symbol: ['none', 'none'],
          label: { show: false },
          lineStyle: { color: INK, type: 'dashed', width: 2.5 },
          data: value === null ? [] : [{ xAxis: Math.min(high, Math.max(low, value)) }],
        },
        z: 3,
      },
      bars(DEFAULTED, 'defaulted'),
    ],
  };
}

/** The left half of a bin is those who repaid, the right half those who defaulted: side by side, never one behind the other. */
function drawBin(api: CustomSeriesRenderItemAPI, side: 'repaid' | 'defaulted') {
  const [left = 0, top = 0] = api.coord([api.value(0), api.value(2)]);
  const [right = 0, bottom = 0] = api.coord([api.value(1), 0]);
  const half = (right - left) / 2;
  return {
    type: 'rect' as const,
    shape: { x: side === 'repaid' ? left + 0.5 : left + half, y: top, width: Math.max(0.5, half - 0.5), height: bottom - top },
    style: fillOf(api),
  };
}
