import { type DuckDb, sqlName } from '../../pipeline/index.ts';
import { FAMILY_NAMES, type FamilyName } from './family-names.ts';
import { type DomainQuery, domainQueries, domainTable } from './feature-domains.ts';
import { preparation } from './feature-queries.ts';
import { type GroupQuery, groupQueries } from './group-queries.ts';

export interface BuildOptions {
  /** Families to make beside the core; all by default. */
  readonly families?: readonly FamilyName[];
  /** Called before each domain, for progress. */
  readonly onDomain?: (domain: string, done: number, total: number) => void;
}

/**
 * Makes the temporary view `all_features` (SK_ID_CURR, TARGET, part, features) from views or tables named as the eight raw tables.
 * `ApplicantFeatures` goes by the same queries for one applicant: a client's features depend on that client's rows only.
 */
export async function buildFeatures(db: DuckDb, { families = FAMILY_NAMES, onDomain }: BuildOptions = {}): Promise<void> {
  await new FeatureBuilder(db, families).build(onDomain);
}

/** Makes `all_features` as {@link buildFeatures} does, again and again over other rows. */
export class FeatureBuilder {
  readonly #db: DuckDb;
  readonly #groups: readonly GroupQuery[];
  readonly #domains: readonly DomainQuery[];
  /** Columns by group, asked for once. */
  readonly #columns = new Map<string, readonly string[]>();

  constructor(db: DuckDb, families: readonly FamilyName[]) {
    this.#db = db;
    this.#groups = groupQueries(families);
    this.#domains = domainQueries(this.#groups);
  }

  async build(onDomain: BuildOptions['onDomain'] = () => {}): Promise<void> {
    for (const statement of preparation) await this.#db.run(statement);
    await this.#db.run(
      'create or replace temp table clients_in_order as select SK_ID_CURR, TARGET, part from application order by SK_ID_CURR',
    );
    for (const [index, query] of this.#domains.entries()) {
      onDomain(query.domain, index, this.#domains.length);
      await this.#db.run(domainTable(query));
      for (const group of query.groups) await this.#show(query, group);
    }
    await this.#db.run(this.#allFeatures());
  }

  /** Lets others read a group's features by the name that their queries know. */
  async #show({ table, rows }: DomainQuery, { table: name, query, readByOthers }: GroupQuery): Promise<void> {
    const columns = this.#columns.get(name) ?? (await columnsOf(this.#db, `${rows}from (${query})`));
    this.#columns.set(name, columns);
    if (!readByOthers) return;
    await this.#db.run(`create or replace temp view ${sqlName(name)} as select SK_ID_CURR, ${list(columns)} from ${sqlName(table)}`);
  }

  /** Side by side by position: every join would copy all columns so far. */
  #allFeatures(): string {
    const columns = this.#groups.map(({ table, readByOthers }) => {
      const own = this.#columns.get(table) ?? [];
      return readByOthers ? own.map((name) => `feature(${sqlName(name)}) as ${sqlName(name)}`).join(', ') : list(own);
    });
    const tables = this.#domains.map(
      ({ table }) => `positional join (select * exclude (SK_ID_CURR) from ${sqlName(table)}) ${sqlName(table)}`,
    );
    return `create or replace temp view all_features as select SK_ID_CURR, TARGET, part, ${columns.join(', ')} from clients_in_order ${tables.join(' ')}`;
  }
}

/** The columns that a query of a group gives, but SK_ID_CURR. */
async function columnsOf(db: DuckDb, query: string): Promise<readonly string[]> {
  const rows = await db.all<{ column_name: string }>(`describe ${query}`);
  return rows.map(({ column_name: name }) => name).filter((name) => name !== 'SK_ID_CURR');
}

const list = (columns: readonly string[]): string => columns.map(sqlName).join(', ');
