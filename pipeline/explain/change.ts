import type { SymbolChange } from './symbol-changes.ts';
import type { TableChange } from './table-changes.ts';

/** One source file that is not what it was. */
export interface FileChange {
  /** Relative to the project. */
  readonly file: string;
  readonly change: 'added' | 'removed' | 'edited';
  /** First line that differs, from 1; null where the earlier text was not kept. */
  readonly line: number | null;
  /** Top-level declarations that changed; null where the earlier text was not kept, or the file has none. */
  readonly symbols: readonly SymbolChange[] | null;
}

export interface PackageChange {
  /** Such as `node_modules/zod`. */
  readonly place: string;
  /** Null where it was not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** One thing that makes a piece of work another one. */
export type Change =
  | {
      readonly kind: 'param';
      readonly key: string;
      readonly before: unknown;
      readonly after: unknown;
      /** `file:line:column`, or what else set it. */ readonly place: string | null;
    }
  | { readonly kind: 'code'; readonly files: readonly FileChange[] }
  | { readonly kind: 'outputs' }
  | {
      readonly kind: 'input';
      readonly input: string;
      /** STAGE.PORT; null for a folder of files. */
      readonly from: string | null;
      readonly before: string | null;
      readonly after: string | null;
      /** Files of a folder that changed. */
      readonly files: readonly { readonly file: string; readonly change: FileChange['change'] }[];
      /** What differs in a table, where both are still in the store. */
      readonly table: TableChange | null;
    }
  | { readonly kind: 'package'; readonly name: string; readonly packages: readonly PackageChange[] }
  | { readonly kind: 'native'; readonly library: string; readonly before: string | null; readonly after: string | null }
  | { readonly kind: 'env'; readonly name: string; readonly change: 'set' | 'unset' | 'changed' | 'declared' | 'no longer declared' }
  | { readonly kind: 'runtime'; readonly before: string; readonly after: string };
