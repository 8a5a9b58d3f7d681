import { AXIS_TEXT, CHART_BASE, LABELS_INSIDE, NAME_ABOVE, VALUE_AXIS } from '../../charts/chart-base.ts';
import type { ChartOption } from '../../charts/chart-option.ts';
import { type Look, LOWERS, RAISES } from '../../charts/palette.ts';
import type { Format } from '../../words/format.ts';
import type { MonitorAnswer } from './monitor-answer.ts';

interface Frame {
  readonly format: Format;
  readonly words: { readonly share: string };
}

/** Shares of two groups of clients by band of probability, side by side. */
export function sharesOption(bins: MonitorAnswer['scoreDrift']['bins'], { format, words }: Frame): ChartOption {
  const bars = (look: Look, side: 'expected' | 'observed') => ({
    type: 'bar' as const,
    silent: true,
    barGap: '5%',
    itemStyle: { ...look },
    data: bins.map((bin) => bin[side]),
  });
  return {
    ...CHART_BASE,
    grid: { left: 8, right: 12, top: 30, bottom: 28, ...LABELS_INSIDE },
    xAxis: { type: 'category', data: bins.map(({ from }) => format.percent(from)), axisLabel: { ...AXIS_TEXT, hideOverlap: true } },
    yAxis: {
      ...VALUE_AXIS,
      name: words.share,
      nameTextStyle: NAME_ABOVE,
      axisLabel: { ...AXIS_TEXT, formatter: (share: number) => format.percent(share, 0) },
    },
    series: [bars(LOWERS, 'expected'), bars(RAISES, 'observed')],
  };
}
