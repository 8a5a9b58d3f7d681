/** The parts of ECharts that the page draws with, and no others: this file is what the bundle takes. */
import { BarChart, CustomChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([AriaComponent, BarChart, CustomChart, GridComponent, MarkLineComponent, ScatterChart, SVGRenderer]);

export { init };
