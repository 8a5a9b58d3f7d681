import { useEffect, useRef } from 'react';
import type { ChartOption } from './chart-option.ts';

/** A picture, or one made for the width that it gets, in pixels. */
export type Drawing = ChartOption | ((width: number) => ChartOption);

interface ChartProps {
  readonly option: Drawing;
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
      const draw = () => {
        chart.resize();
        chart.setOption(typeof option === 'function' ? option(element.clientWidth) : option);
      };
      draw();
      const sizes = new ResizeObserver(draw);
      sizes.observe(element);
      // The box is the picture, with its sentence; what it is drawn of says nothing by itself.
      element.querySelector('svg')?.setAttribute('aria-hidden', 'true');
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
