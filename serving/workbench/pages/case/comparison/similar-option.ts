import { AXIS_TEXT, CHART_BASE, VALUE_AXIS } from '../../../charts/chart-base.ts';
import type { ChartOption } from '../../../charts/chart-option.ts';
import { RAISES as DEFAULTED, INK, LOWERS as REPAID } from '../../../charts/palette.ts';
import type { Format } from '../../../words/format.ts';

interface Neighbour {
  readonly distance: number;
  readonly outcome: 'repaid' | 'defaulted';
}

interface Frame {
  readonly format: Format;
  readonly words: { readonly distance: string; readonly outcomes: Readonly<Record<Neighbour['outcome'], string>> };
}

/** Two rows, one an outcome; the nearer a client is to the left edge, the more alike. */
export function similarOption(clients: readonly Neighbour[], { format, words }: Frame): ChartOption {
  const dots = (outcome: Neighbour['outcome']) => ({
    type: 'scatter' as const,
    silent: true,
    symbol: outcome === 'repaid' ? 'emptyCircle' : 'triangle',
    symbolSize: 12,
    itemStyle: { color: outcome === 'repaid' ? REPAID.color : DEFAULTED.color, decal: { symbol: 'none' } },
    data: clients.filter((one) => one.outcome === outcome).map(({ distance }) => [distance, words.outcomes[outcome]]),
  });
  return {
    ...CHART_BASE,
    grid: { left: 8, right: 20, top: 8, bottom: 44, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      ...VALUE_AXIS,
      min: 0,
      name: words.distance,
      nameLocation: 'middle',
      nameGap: 28,
      axisLabel: { ...AXIS_TEXT, formatter: format.number, hideOverlap: true },
      axisLine: { show: true, onZero: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [words.outcomes.repaid, words.outcomes.defaulted],
      axisLabel: { ...AXIS_TEXT, color: INK },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    series: [dots('repaid'), dots('defaulted')],
  };
}
