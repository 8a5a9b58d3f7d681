import { AXIS_TEXT, CHART_BASE, VALUE_AXIS } from '../../../charts/chart-base.ts';
import type { ChartOption } from '../../../charts/chart-option.ts';
import { RAISES as DEFAULTED, INK, LOWERS as REPAID } from '../../../charts/palette.ts';
import type { Language } from '../../../words/bilingual.ts';
import type { Format } from '../../../words/format.ts';
import type { PairAnswer } from './comparison-answers.ts';

export function pairOption(
  { x, y, points, applicant }: PairAnswer,
  { language, format }: { readonly language: Language; readonly format: Format },
): ChartOption {
  const axis = { ...VALUE_AXIS, scale: true, axisLabel: { ...AXIS_TEXT, formatter: format.number, hideOverlap: true } } as const;
  const dots = (outcome: 'repaid' | 'defaulted') => ({
    type: 'scatter' as const,
    silent: true,
    symbol: outcome === 'repaid' ? 'emptyCircle' : 'triangle',
    symbolSize: outcome === 'repaid' ? 7 : 9,
    itemStyle: {
      color: outcome === 'repaid' ? REPAID.color : DEFAULTED.color,
      opacity: outcome === 'repaid' ? 0.6 : 0.9,
      decal: { symbol: 'none' },
    },
    data: points.filter((point) => point.outcome === outcome).map((point) => [point.x, point.y]),
  });
  return {
    ...CHART_BASE,
    grid: { left: 8, right: 24, top: 34, bottom: 44, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      ...axis,
      name: x.label[language],
      nameLocation: 'middle',
      nameGap: 28,
      nameTruncate: { maxWidth: 420 },
      axisLine: { show: true, onZero: false },
    },
    yAxis: {
      ...axis,
      name: y.label[language],
      nameTextStyle: { ...AXIS_TEXT, align: 'left', padding: [0, 0, 4, -8] },
      nameTruncate: { maxWidth: 420 },
    },
    series: [
      dots('repaid'),
      dots('defaulted'),
      {
        type: 'scatter',
        silent: true,
        symbol: 'diamond',
        symbolSize: 26,
        itemStyle: { color: INK, opacity: 1, borderColor: '#fff', borderWidth: 2, decal: { symbol: 'none' } },
        data: applicant === null ? [] : [[applicant.x, applicant.y]],
        z: 5,
      },
    ],
  };
}
