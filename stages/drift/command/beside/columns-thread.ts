import { compareViews } from '../../compare-parts.ts';
import type { DriftColumn } from '../../drift-schema.ts';
import { CURRENT_ROWS, REFERENCE_ROWS } from '../../scan/scan-column.ts';
import { openDatabase } from '../open-database.ts';
import { viewParquet } from '../open-part.ts';
import { answerOnce } from './answer-once.ts';
import type { ColumnsAsked } from './columns-asked.ts';

await answerOnce(async (asked: ColumnsAsked, stop): Promise<DriftColumn[]> => {
  using db = await openDatabase(asked);
  stop.addEventListener('abort', () => db.interrupt(), { once: true });
  await viewParquet(db, REFERENCE_ROWS, asked.reference.parquet);
  await viewParquet(db, CURRENT_ROWS, asked.current.parquet);
  return await compareViews(db, asked, { ...asked.options, signal: stop });
});
