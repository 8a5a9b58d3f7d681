import type { ScatterSeriesOption } from 'echarts/charts';
import { INK } from '../../charts/palette.ts';

/** This applicant, wherever they stand in a chart: a diamond. @param at null where they have no place in it */
export function applicantMark(at: readonly [x: number, y: number] | null): ScatterSeriesOption {
  return {
    type: 'scatter',
    silent: true,
    symbol: 'diamond',
    symbolSize: 26,
    itemStyle: { color: INK, opacity: 1, borderColor: '#fff', borderWidth: 2, decal: { symbol: 'none' } },
    data: at === null ? [] : [[...at]],
  };
}
