import type { BarSeriesOption, CustomSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, MarkLineComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';

export type ChartOption = ComposeOption<
  AriaComponentOption | BarSeriesOption | CustomSeriesOption | GridComponentOption | MarkLineComponentOption | ScatterSeriesOption
>;
