import { DataTable, type DataTableProps } from '../parts/data-table.tsx';
import { useWords } from '../words/language.tsx';
import { shellWords } from '../words/shell-words.ts';
import { Chart, type Drawing } from './chart.tsx';
import { Legend, type LegendEntry } from './legend.tsx';

interface ChartFigureProps<T> {
  /** What the chart shows, in a sentence: read by everybody, and the picture's text alternative. */
  readonly sentence: string;
  readonly option: Drawing;
  readonly height: number;
  readonly legend?: readonly LegendEntry[];
  /** The same numbers. */
  readonly table: DataTableProps<T>;
}

/** No chart without its sentence and its table. */
export function ChartFigure<T>({ sentence, option, height, legend, table }: ChartFigureProps<T>) {
  const words = useWords(shellWords);
  return (
    <figure className="chart-figure">
      <figcaption>{sentence}</figcaption>
      {legend !== undefined && <Legend entries={legend} />}
      <Chart option={option} height={height} label={sentence} />
      <details>
        <summary>{words.asTable}</summary>
        <DataTable {...table} />
      </details>
    </figure>
  );
}
