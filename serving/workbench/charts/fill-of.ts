import type { CustomSeriesRenderItemAPI } from 'echarts';

/** Colour and pattern of a custom series' item. */
export function fillOf(api: CustomSeriesRenderItemAPI) {
  const decal = api.visual('decal');
  return { fill: api.visual('color'), ...(typeof decal === 'object' ? { decal } : {}) };
}
