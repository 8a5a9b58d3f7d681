/** What differs between two versions of a table. */
export interface TableChange {
  readonly rows: readonly [before: number | null, after: number | null];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Columns of another type, with both types. */
  readonly retyped: readonly { readonly column: string; readonly before: string; readonly after: string }[];
  /** Columns whose values differ; null where a version is no longer in the store. */
  readonly changed: readonly string[] | null;
  /** The same rows in another order. */
  readonly reordered: boolean;
}
