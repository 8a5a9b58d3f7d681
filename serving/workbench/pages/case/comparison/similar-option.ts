import { AXIS_TEXT, CHART_BASE, LABELS_INSIDE, VALUE_AXIS } from '../../../charts/chart-base.ts';
import type { ChartOption } from '../../../charts/chart-option.ts';
import { INK } from '../../../charts/palette.ts';
import type { Format } from '../../../words/format.ts';
import { OUTCOME_MARKS } from './outcome-marks.ts';

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
    symbol: OUTCOME_MARKS[outcome].symbol,
    symbolSize: 12,
    itemStyle: { color: OUTCOME_MARKS[outcome].color, decal: { symbol: 'none' } },
    data: clients.filter((one) => one.outcome === outcome).map(({ distance }) => [distance, words.outcomes[outcome]]),
  });
  return {
    ...CHART_BASE,
    grid: { left: 8, right: 20, top: 8, bottom: 44, ...LABELS_INSIDE },
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
