import type { DuckDb, StageLog } from '../../pipeline/index.ts';
import type { TableName } from '../tables/table-names.ts';
import type { Reject } from './reject.ts';

/** What reading the tables needs, whatever their format. */
export interface IngestContext {
  readonly db: DuckDb;
  readonly tempDir: string;
  readonly rejectTolerance: number;
  /** What to do about a bad row where there is no such setting: told in its place. */
  readonly advice?: string;
  readonly log: StageLog;
  readonly progress: (done: number, total: number, note: string) => void;
  readonly signal: AbortSignal;
  readonly outPath: (table: TableName) => string;
}

export interface IngestedTable {
  readonly rows: number;
  /** In the order of lines. */
  readonly rejects: readonly Reject[];
}
