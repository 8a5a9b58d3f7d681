import type { BarSeriesOption } from 'echarts/charts';

/**
 * Two colours that people with any colour vision tell apart, each with a pattern of its own, so that a chart printed in grey reads the same: what raises the risk and who
 * defaulted, what lowers it and who repaid.
 * Kept beside design/tokens.css: SVG attributes cannot read its custom properties.
 */
export const INK = '#16202e';
export const SOFT = '#4c586a';
export const LINE = '#d5dce6';

export interface Look {
  readonly color: string;
  readonly decal: NonNullable<NonNullable<BarSeriesOption['itemStyle']>['decal']>;
}

export const RAISES: Look = {
  color: '#c2562a',
  decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: 'rgba(255,255,255,0.75)' },
};
export const LOWERS: Look = { color: '#1f7a8c', decal: { symbol: 'none' } };
export const NEUTRAL: Look = { color: INK, decal: { symbol: 'none' } };
export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif";
