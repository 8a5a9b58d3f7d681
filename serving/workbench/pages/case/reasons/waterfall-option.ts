import type { CustomSeriesOption } from 'echarts/charts';
import { AXIS_TEXT, CHART_BASE, LABELS_INSIDE, VALUE_AXIS } from '../../../charts/chart-base.ts';
import { fillOf } from '../../../charts/fill-of.ts';
import type { ChartOption } from '../../../charts/chart-option.ts';
import { FONT, INK, LOWERS, type Look, NEUTRAL, RAISES } from '../../../charts/palette.ts';
import type { Format } from '../../../words/format.ts';
import type { WaterfallStep } from './waterfall-steps.ts';

/** Pixels of a step; the chart is as high as its steps need. */
const STEP = 40;

export function waterfallHeight(steps: readonly WaterfallStep[]): number {
  return steps.length * STEP + 44;
}

/** Pixels below which numbers beside the bars need more of the width. */
const NARROW = 480;

/** Room for the numbers beside the outermost bars. */
function ends({ low, high, width }: { readonly low: number; readonly high: number; readonly width: number }) {
  const span = Math.max(0.4, high - low);
  const [left, right] = width < NARROW ? [0.45, 0.9] : [0.2, 0.25];
  return { min: low - left * span, max: high + right * span };
}

/** Bars that float from where the score was to where it goes; ends are marked by an upright line. */
export function waterfallOption(steps: readonly WaterfallStep[], format: Format): (width: number) => ChartOption {
  const [low, high] = [
    Math.min(...steps.map(({ from, to }) => Math.min(from, to))),
    Math.max(...steps.map(({ from, to }) => Math.max(from, to))),
  ];
  return (width) => ({
    ...CHART_BASE,
    grid: { left: 8, right: 8, top: 4, bottom: 28, ...LABELS_INSIDE },
    xAxis: {
      ...VALUE_AXIS,
      ...ends({ low, high, width }),
      axisLabel: {
        ...AXIS_TEXT,
        formatter: (value: number) => format.number(value),
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: steps.map(({ label }) => label),
      axisLabel: {
        ...AXIS_TEXT,
        fontSize: width < NARROW ? 12 : 13,
        color: INK,
        width: Math.min(240, width * 0.36),
        overflow: 'break',
        lineHeight: 15,
        interval: 0,
      },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: (['raises', 'lowers', 'total'] as const).map((kind) => series(kind, { steps, format })),
  });
}

const LOOKS: Readonly<Record<WaterfallStep['kind'], Look>> = { raises: RAISES, lowers: LOWERS, total: NEUTRAL };

interface Frame {
  readonly steps: readonly WaterfallStep[];
  readonly format: Format;
}

/** The steps of one kind, which share a colour and a pattern. */
function series(kind: WaterfallStep['kind'], { steps, format }: Frame): CustomSeriesOption {
  const own = steps.flatMap((step, place) => (step.kind === kind ? [{ ...step, place }] : []));
  return {
    type: 'custom',
    silent: true,
    itemStyle: { ...LOOKS[kind] },
    data: own.map(({ from, to, place }) => [from, to, place]),
    encode: { x: [0, 1], y: 2 },
    renderItem: (params, api) => {
      const [from = 0, middle = 0] = api.coord([api.value(0), api.value(2)]);
      const [to = 0] = api.coord([api.value(1), api.value(2)]);
      const left = kind === 'total' ? from - 2 : Math.min(from, to);
      const width = kind === 'total' ? 4 : Math.max(1.5, Math.abs(to - from));
      const value = own[params.dataIndex]?.value ?? 0;
      const before = kind === 'lowers';
      return {
        type: 'group',
        children: [
          {
            type: 'rect',
            shape: { x: left, y: middle - 11, width, height: 22 },
            style: fillOf(api),
          },
          {
            type: 'text',
            style: {
              text: format.signed(value),
              x: before ? left - 6 : left + width + 6,
              y: middle,
              fill: INK,
              fontSize: 13,
              fontFamily: FONT,
              fontWeight: kind === 'total' ? 'bold' : 'normal',
              align: before ? 'right' : 'left',
              verticalAlign: 'middle',
            },
          },
        ],
      };
    },
  };
}
