import type { Format } from '../words/format.ts';
import { AXIS_TEXT, CHART_BASE, LABELS_INSIDE, VALUE_AXIS } from './chart-base.ts';
import type { ChartOption } from './chart-option.ts';
import { INK, LOWERS } from './palette.ts';

interface Bar {
  readonly label: string;
  readonly value: number;
}

/** Pixels. */
export function barsHeight(bars: readonly unknown[]): number {
  return bars.length * 30 + 40;
}

/** Lying bars, first one on top, each with its number. */
export function barsOption(bars: readonly Bar[], format: Format): (width: number) => ChartOption {
  return (width) => ({
    ...CHART_BASE,
    grid: { left: 8, right: 48, top: 4, bottom: 28, ...LABELS_INSIDE },
    xAxis: { ...VALUE_AXIS, min: 0, axisLabel: { ...AXIS_TEXT, formatter: format.number, hideOverlap: true } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ label }) => label),
      axisLabel: { ...AXIS_TEXT, color: INK, interval: 0, width: Math.min(340, width * 0.45), overflow: 'truncate' },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: 18,
        itemStyle: { ...LOWERS, borderRadius: 2 },
        label: { show: true, position: 'right', color: INK, fontSize: 13, formatter: ({ value }) => format.effect(Number(value)) },
        data: bars.map(({ value }) => value),
      },
    ],
  });
}
