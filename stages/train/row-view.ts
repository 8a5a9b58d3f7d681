/** Rows of a matrix by number, not copied: what trainers are given. */
export { copyRows, wholeView, type RowView } from '../../pipeline/index.ts';
