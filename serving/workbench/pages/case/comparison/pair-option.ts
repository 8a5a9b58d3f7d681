import { AXIS_TEXT, CHART_BASE, LABELS_INSIDE, NAME_ABOVE, VALUE_AXIS } from '../../../charts/chart-base.ts';
import type { ChartOption } from '../../../charts/chart-option.ts';
import type { Language } from '../../../words/bilingual.ts';
import type { Format } from '../../../words/format.ts';
import { applicantMark } from '../applicant-mark.ts';
import type { PairAnswer } from './comparison-answers.ts';
import { OUTCOME_MARKS } from './outcome-marks.ts';

export function pairOption(
  { x, y, points, applicant }: PairAnswer,
  { language, format }: { readonly language: Language; readonly format: Format },
): ChartOption {
  const axis = { ...VALUE_AXIS, scale: true, axisLabel: { ...AXIS_TEXT, formatter: format.number, hideOverlap: true } } as const;
  const dots = (outcome: 'repaid' | 'defaulted') => ({
    type: 'scatter' as const,
    silent: true,
    symbol: OUTCOME_MARKS[outcome].symbol,
    symbolSize: outcome === 'repaid' ? 7 : 9,
    itemStyle: {
      color: OUTCOME_MARKS[outcome].color,
      opacity: outcome === 'repaid' ? 0.6 : 0.9,
      decal: { symbol: 'none' },
    },
    data: points.filter((point) => point.outcome === outcome).map((point) => [point.x, point.y]),
  });
  return {
    ...CHART_BASE,
    grid: { left: 8, right: 24, top: 34, bottom: 44, ...LABELS_INSIDE },
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
      nameTextStyle: NAME_ABOVE,
      nameTruncate: { maxWidth: 420 },
    },
    series: [
      dots('repaid'),
      dots('defaulted'),
      {
        ...applicantMark(applicant === null ? null : [applicant.x, applicant.y]),
        z: 5,
      },
    ],
  };
}
