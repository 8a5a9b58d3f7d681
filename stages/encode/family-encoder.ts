import type { DuckDb, Xgboost } from '../../pipeline/index.ts';

/** What encoding asks of a database: the whole book's, or the `PlannedDb` of one applicant after another. */
export type EncodeDb = Pick<DuckDb, 'run' | 'matrix' | 'doubles' | 'column' | 'createTable'>;

export interface StateContext {
  /** Any database: Parquet files are read through it. */
  readonly db: Pick<DuckDb, 'doubles'>;
  readonly xgboost: Xgboost;
  readonly stateDir: string;
}

/** What fitting a family needs. The tables that the SQL reads are in the database; see {@link prepareClients}. */
export interface FitContext extends StateContext {
  readonly db: DuckDb;
  readonly neighbours: number;
  readonly rounds: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** The fitted state of a family, loaded: gives every client of `encoded_clients` its values, in the table `fitted_<family>`. */
export interface FamilyEncoder extends Disposable {
  readonly encode: (db: EncodeDb) => Promise<void>;
}

export interface FittedFamilyWork {
  /** SQL that comes before fit and encode: tables and views of `encoded_clients` and the raw tables. */
  readonly prepare: readonly string[];
  /** Queries of fit that read cleaned rows of the features stage: these rows are made first. */
  readonly fitReads?: readonly string[];
  /** Learns from the development clients and writes files into the state folder; none where there is too little to learn from. */
  readonly fit: (context: FitContext) => Promise<void>;
  readonly open: (state: StateContext) => Promise<FamilyEncoder>;
}

/** For state that holds nothing to free. */
export const nothingToFree = { [Symbol.dispose]: (): void => {} };
