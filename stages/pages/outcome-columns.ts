import type { TableColumn } from './data-table.ts';
import { decimal, orDash, percent, whole } from './format.ts';

interface Outcome {
  readonly found: { readonly calibrated: number; readonly effort: number } | null;
  /** The lowest probability of all that was tried. */
  readonly lowest: number;
  readonly tried: number;
}

/** What came of the changes that were tried for a refused applicant. */
export const OUTCOME_COLUMNS: readonly TableColumn<Outcome>[] = [
  {
    title: 'Then',
    numeric: true,
    cell: ({ found, lowest }) => (found === null ? `lowest ${percent(lowest, 2)}` : percent(found.calibrated, 2)),
  },
  { title: 'Effort', numeric: true, cell: ({ found }) => orDash(found?.effort, decimal) },
  { title: 'Tried', numeric: true, cell: ({ tried }) => whole(tried) },
];
