import type { RawRows } from '../../stages/features/raw-columns.ts';

/**
 * Whom to score: somebody of the book by SK_ID_CURR, or anybody by raw rows. Rows by raw table, columns named as in Home Credit's files;
 * a table that is not there has no rows, a column that is not there is null. Exactly one row of `application_train` or `application_test`;
 * SK_ID_CURR may be left out of all rows.
 */
export type Applicant = { readonly id: number } | { readonly rows: RawRows };
