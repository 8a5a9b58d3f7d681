import { useEffect, useRef } from 'react';
import type { ChartOption } from './chart-option.ts';

interface ChartProps {
  readonly option: ChartOption;
  /** Pixels. */
  readonly height: number;
  readonly label: string;
}

/** An ECharts picture as one image with a sentence; the library is fetched when the first one is drawn. */
export function Chart({ option, height, label }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let gone = false;
    let undo = () => {};
    void import('./echarts.ts').then(({ init }) => {
      if (gone) return;
      const chart = init(element, null, { renderer: 'svg' });
      chart.setOption(option);
      const sizes = new ResizeObserver(() => chart.resize());
      sizes.observe(element);
      element.dataset['drawn'] = 'true';
      undo = () => {
        sizes.disconnect();
        chart.dispose();
      };
    });
    return () => {
      gone = true;
      undo();
    };
  }, [option]);
  return <div className="chart" ref={box} role="img" aria-label={label} style={{ height }} />;
}
