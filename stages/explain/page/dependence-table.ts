import { dataTable } from '../../pages/data-table.ts';
import { whole } from '../../pages/format.ts';
import type { Html } from '../../pages/html.ts';
import { minus, signed } from '../../explanations/figures/scale.ts';
import type { ExactExplanations } from '../explanations-schema.ts';

type Entry = ExactExplanations['dependence'][number];

/** The numbers behind a dependence figure. */
export function dependenceTable({ en, bins, unknown }: Entry): Html {
  const rows = bins.map(({ lo, hi, count, mean }) => ({ label: lo === hi ? minus(lo) : `${minus(lo)} to ${minus(hi)}`, count, mean }));
  return dataTable<{ readonly label: string; readonly count: number; readonly mean: number }>({
    caption: `${en}: mean contribution by value`,
    columns: [
      { title: 'Value', cell: ({ label }) => label },
      { title: 'Applicants', numeric: true, cell: ({ count }) => whole(count) },
      { title: 'Log-odds', numeric: true, cell: ({ mean }) => signed(mean) },
    ],
    rows: unknown === null ? rows : [...rows, { label: 'unknown', ...unknown }],
  });
}
