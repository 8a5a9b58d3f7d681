import type { DuckDb, StageLog } from '../../pipeline/index.ts';
import type { TableName } from '../tables/table-names.ts';
import type { Reject } from './reject.ts';

/** What reading one table needs, whatever its format. */
export interface IngestContext {
  readonly db: DuckDb;
  readonly tempDir: string;
  readonly rejectTolerance: number;
  readonly log: StageLog;
  readonly signal: AbortSignal;
  readonly outPath: (table: TableName) => string;
}

export interface IngestedTable {
  readonly rows: number;
  readonly rejects: readonly Reject[];
}
