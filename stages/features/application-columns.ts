import { type ColumnData, SluiceError } from '../../pipeline/index.ts';
import { rawColumns, type RawRows } from './raw-columns.ts';

interface Values<T> {
  readonly type: ColumnData['type'];
  readonly values: readonly T[];
}

/** The view `application` of clients.sql as columns: those of application_train, and part. */
export type ApplicationColumns = Readonly<Record<string, ColumnData>> & {
  readonly SK_ID_CURR: Values<number>;
  readonly TARGET: Values<number | null>;
  readonly part: Values<string>;
};

/**
 * Both application tables as one. TARGET is null for application_test.
 * @throws SluiceError DATA_BAD_VALUE without SK_ID_CURR, DATA_DUPLICATE_KEY for a client who stands twice
 */
export function applicationColumns({ application_train: train = [], application_test: test = [] }: RawRows): ApplicationColumns {
  const labelled = rawColumns('application_train', train);
  const unlabelled = rawColumns('application_test', test);
  const ids = [...train, ...test].map((row) => Number(row['SK_ID_CURR'] ?? Number.NaN));
  requireIds(ids);
  const columns = Object.entries(labelled).map(([name, { type, values }]): [string, ColumnData] => [
    name,
    { type, values: [...Array.from(values), ...Array.from(unlabelled[name]?.values ?? test.map(() => null))] },
  ]);
  return {
    ...Object.fromEntries(columns),
    SK_ID_CURR: { type: 'INTEGER', values: ids },
    TARGET: {
      type: 'TINYINT',
      values: [...train.map((row) => (row['TARGET'] == null ? null : Number(row['TARGET']))), ...test.map(() => null)],
    },
    part: { type: 'VARCHAR', values: [...train.map(() => 'train'), ...test.map(() => 'test')] },
  };
}

function requireIds(ids: readonly number[]): void {
  if (ids.some(Number.isNaN)) {
    throw new SluiceError('DATA_BAD_VALUE', 'an application row has no SK_ID_CURR', {
      hint: 'Give each applicant an id, any whole number: the rows of the other tables are joined by it.',
    });
  }
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice === undefined) return;
  throw new SluiceError('DATA_DUPLICATE_KEY', `SK_ID_CURR ${twice} has more than one application row`, {
    hint: 'Hand in one application row a client.',
    data: { client: twice },
  });
}
