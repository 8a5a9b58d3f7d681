import type { CommandContext, DuckDb } from '../../../../pipeline/index.ts';
import { type CompareOptions, compareViews } from '../../compare-parts.ts';
import type { DriftColumn } from '../../drift-schema.ts';
import type { DatabaseOptions } from '../open-database.ts';
import type { OpenedPart, OpenedParts } from '../open-part.ts';
import type { ScoredSoFar, Scoring } from '../scoring/scored-parts.ts';
import type { ColumnsAsked, PartAsked } from './columns-asked.ts';
import { isWorthThreads } from './is-worth-threads.ts';
import { type Thread, threadOf } from './thread-of.ts';

const THREAD = 'stages/drift/command/beside/columns-thread.ts';

export interface ColumnsAndScoresOptions {
  readonly context: CommandContext;
  readonly parts: OpenedParts;
  readonly scoring: Scoring;
  readonly database: DatabaseOptions;
  readonly compare: Pick<CompareOptions, 'mode' | 'ignore'>;
}

export interface ColumnsAndScores {
  readonly columns: DriftColumn[];
  readonly soFar: ScoredSoFar;
}

/** Compares the columns and scores the rows: at once where both take long and the columns can be read by a thread of their own. The same numbers either way. */
export async function columnsAndScores(db: DuckDb, options: ColumnsAndScoresOptions): Promise<ColumnsAndScores> {
  const { context, parts, scoring, compare, database } = options;
  const { signal } = context.io;
  signal.throwIfAborted();
  const threads = Math.max(1, Math.floor(database.threads / 2));
  await using beside = await startBeside({ ...options, database: { ...database, threads } }, database.threads);
  if (beside === null) {
    const soFar = await scoring.score(Promise.resolve());
    const { categories } = scoring;
    return { soFar, columns: await compareViews(db, parts, { ...compare, categories, signal }) };
  }
  // Half for either database: each thread holds a row group of all columns that it reads. Nor need this one read far ahead, with the other at work.
  await db.run(`set threads = ${threads}; set streaming_buffer_size = '4MB'`);
  const soFar = await scoring.score(beside.answer);
  // What reads nothing is not interrupted.
  signal.throwIfAborted();
  const columns = await beside.answer;
  await db.run(`set threads = ${database.threads}`);
  return { soFar, columns };
}

async function startBeside(
  { context, parts, scoring, database, compare }: ColumnsAndScoresOptions,
  processors: number,
): Promise<Thread<ColumnsAsked, DriftColumn[]> | null> {
  const { args, bundle, io } = context;
  const [reference, current] = [readable(parts.reference), readable(parts.current)];
  // A score that is there already takes less time than a thread would.
  if (args.text('model') === undefined || !isWorthThreads(parts, processors) || reference === null || current === null) return null;
  const { categories } = scoring;
  const asked: ColumnsAsked = { reference, current, options: { ...compare, categories }, ...database };
  const thread = threadOf<ColumnsAsked, DriftColumn[]>(await bundle(THREAD), io.signal);
  thread.ask(asked);
  return thread;
}

/** Null for what another database cannot read. */
function readable({ rows, columns, parquet }: OpenedPart): PartAsked | null {
  return parquet === null ? null : { rows, columns, parquet };
}
