import { type DuckDb, SluiceError, sqlName, sqlString } from '../../pipeline/index.ts';
import type { TableName } from '../tables/table-names.ts';
import type { RawFile } from './raw-file.ts';

/** Tables with one row a client: a second row would count the client twice in every later stage. */
const ONE_ROW_A_CLIENT: ReadonlySet<TableName> = new Set(['application_train', 'application_test']);
const CLIENT = 'SK_ID_CURR';

/**
 * Refuses an application table in which a client stands twice.
 * @param linesOf finds the rows of one client in the source, for the message
 * @throws SluiceError DATA_DUPLICATE_KEY
 */
export async function refuseDuplicateClients(
  db: DuckDb,
  { file, parquetPath }: { readonly file: RawFile; readonly parquetPath: string },
  linesOf: (column: string, id: number) => Promise<readonly number[]>,
): Promise<void> {
  if (!ONE_ROW_A_CLIENT.has(file.table)) return;
  const duplicates = await db.all<{ id: number }>(
    `select ${sqlName(CLIENT)} id from read_parquet(${sqlString(parquetPath)}) group by 1 having count(*) > 1 order by 1`,
  );
  const [first] = duplicates;
  if (first === undefined) return;
  const lines = await linesOf(CLIENT, first.id);
  const more = duplicates.length === 1 ? '' : `; ${duplicates.length - 1} more client(s) stand twice as well`;
  throw new SluiceError('DATA_DUPLICATE_KEY', `${file.name}: ${CLIENT} ${first.id} stands on lines ${lines.join(' and ')}${more}`, {
    hint: 'An application table has one row a client: take the surplus rows away.',
    at: { file: file.path, ...(lines[1] === undefined ? {} : { line: lines[1] }) },
    data: { value: first.id, lines, clients: duplicates.length },
  });
}
