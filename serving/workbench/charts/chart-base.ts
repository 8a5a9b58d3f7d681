import type { ChartOption } from './chart-option.ts';
import { FONT, INK, LINE, SOFT } from './palette.ts';

export const AXIS_TEXT = { color: SOFT, fontSize: 13, fontFamily: FONT } as const;
export const VALUE_AXIS = {
  type: 'value',
  axisLabel: AXIS_TEXT,
  nameTextStyle: AXIS_TEXT,
  splitLine: { lineStyle: { color: LINE } },
  axisLine: { show: false, onZero: false },
  axisTick: { show: false },
} as const;

/** For a grid: its measures are room around axis labels, not around axes, so that no label is cut. */
export const LABELS_INSIDE = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;
/** The name of an upright axis: above it, from the chart's left edge on. */
export const NAME_ABOVE = { ...AXIS_TEXT, align: 'left' as const, padding: [0, 0, 4, -8] };

/** What all charts share: no motion, and patterns beside colours. */
export const CHART_BASE = {
  animation: false,
  textStyle: { fontFamily: FONT, color: INK },
  aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
} as const satisfies ChartOption;
