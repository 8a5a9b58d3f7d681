import { type DuckDb, sqlName, sqlString } from '../../pipeline/index.ts';
import { TABLE_NAMES, type TableName } from '../tables/table-names.ts';

/** Clients whose features are made at a time: what they need stays below a GiB, and the groups of an aggregate near the cache. */
const CLIENTS_AT_ONCE = 32_768;

export interface BookPart {
  /** SK_ID_CURR from, included, and to, not included; null where the book ends. */
  readonly from: number;
  readonly to: number | null;
}

/**
 * The book by ranges of SK_ID_CURR with the same number of clients each. Ingest sorts by client, so a range is a few row groups of a
 * file. A feature reads its own client's rows only, hence is the same in parts.
 */
export async function bookParts(db: DuckDb, clientsAtOnce = CLIENTS_AT_ONCE): Promise<readonly BookPart[]> {
  const starts = await db.all<{ start: number }>(
    `select SK_ID_CURR as start from (
       select SK_ID_CURR, row_number() over (order by SK_ID_CURR) as n
       from (select SK_ID_CURR from application_train union all select SK_ID_CURR from application_test)
     ) where n % $size = 1 order by start`,
    { size: clientsAtOnce },
  );
  return starts.map(({ start }, at) => ({ from: start, to: starts[at + 1]?.start ?? null }));
}

/** The same, the parts an even number of one size: two threads that make them end together. A book of one part stays whole. */
export async function evenParts(db: DuckDb, clientsAtOnce = CLIENTS_AT_ONCE): Promise<readonly BookPart[]> {
  const { clients } = await db.one<{ clients: number }>(
    'select (select count(*) from application_train) + (select count(*) from application_test) as clients',
  );
  const parts = clients <= clientsAtOnce ? 1 : 2 * Math.ceil(clients / (2 * clientsAtOnce));
  return bookParts(db, Math.max(1, Math.ceil(clients / parts)));
}

/** Months of bureau_balance by the part of their loan's client. Those of loans that no part has are left out: no feature reads them. */
export function monthsByPart(parts: readonly BookPart[]): string {
  const dealt = parts.map((part, index) => `select distinct ${index} as part, SK_ID_BUREAU from bureau where ${within(part)}`);
  return `select part::usmallint as part, SK_ID_BUREAU, MONTHS_BALANCE, STATUS
    from bureau_balance join (${dealt.join(' union all ')}) using (SK_ID_BUREAU)
    order by part`;
}

/** Lets the names of the raw tables stand for a part of the book. bureau_balance does not know the client: its months are dealt once. */
export class PartViews {
  readonly #db: DuckDb;
  readonly #paths: Readonly<Record<TableName, string>>;
  readonly #months: string;

  /** @param months from {@link monthsByPart}: a table, or a call of read_parquet */
  constructor(db: DuckDb, paths: Readonly<Record<TableName, string>>, months: string) {
    this.#db = db;
    this.#paths = paths;
    this.#months = months;
  }

  /** Expects views of the whole tables. */
  static async open(db: DuckDb, paths: Readonly<Record<TableName, string>>, parts: readonly BookPart[]): Promise<PartViews> {
    await db.run(`create or replace temp table months_by_part as ${monthsByPart(parts)}`);
    return new PartViews(db, paths, 'months_by_part');
  }

  async show(part: BookPart, index: number): Promise<void> {
    for (const name of TABLE_NAMES) {
      const query =
        name === 'bureau_balance'
          ? `select * exclude (part) from ${this.#months} where part = ${index}`
          : `select * from read_parquet(${sqlString(this.#paths[name])}) where ${within(part)}`;
      await this.#db.run(`create or replace view ${sqlName(name)} as ${query}`);
    }
  }
}

const within = ({ from, to }: BookPart): string => `SK_ID_CURR >= ${from}${to === null ? '' : ` and SK_ID_CURR < ${to}`}`;
