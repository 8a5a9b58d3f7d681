import type { ReactNode } from 'react';
import { useWords } from '../words/language.tsx';
import { shellWords } from '../words/shell-words.ts';
import { Chart, type Drawing } from './chart.tsx';

interface ChartFigureProps {
  /** What the chart shows, in a sentence: read by everybody, and the picture's text alternative. */
  readonly sentence: string;
  readonly option: Drawing;
  readonly height: number;
  readonly legend?: ReactNode;
  /** The same numbers. */
  readonly table: ReactNode;
}

/** No chart without its sentence and its table. */
export function ChartFigure({ sentence, option, height, legend, table }: ChartFigureProps) {
  const words = useWords(shellWords);
  return (
    <figure className="chart-figure">
      <figcaption>{sentence}</figcaption>
      {legend}
      <Chart option={option} height={height} label={sentence} />
      <details>
        <summary>{words.asTable}</summary>
        {table}
      </details>
    </figure>
  );
}
