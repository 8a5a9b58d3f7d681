import { sqlName } from '../../pipeline/index.ts';
import type { FamilyName } from './family-names.ts';
import type { coreQueries } from './feature-queries.ts';
import { type GroupQuery, neededRows } from './group-queries.ts';

/** In the order in which they are made: the last reads the features of the others. */
const DOMAINS = ['application', 'bureau', 'previous', 'pos', 'card', 'combined'] as const;
type Domain = (typeof DOMAINS)[number];

/** Groups of one domain read the same cleaned rows, hence are made by one statement. */
const DOMAIN_OF: Readonly<Record<keyof typeof coreQueries | FamilyName, Domain>> = {
  application: 'application',
  application_detail: 'application',
  application_categories: 'application',
  bureau: 'bureau',
  bureau_balance: 'bureau',
  bureau_kinds: 'bureau',
  bureau_windows: 'bureau',
  balance_windows: 'bureau',
  previous_application: 'previous',
  previous_outcomes: 'previous',
  previous_windows: 'previous',
  previous_latest: 'previous',
  previous_shares: 'previous',
  interest: 'previous',
  installments: 'previous',
  installment_windows: 'previous',
  installment_trends: 'previous',
  pos_cash: 'pos',
  pos_windows: 'pos',
  credit_card: 'card',
  card_windows: 'card',
  combined: 'combined',
  history_ratios: 'combined',
};

export interface DomainQuery {
  readonly domain: Domain;
  /** Name of the table that holds the columns of its groups, a row a client in the order of `clients_in_order`. */
  readonly table: string;
  readonly groups: readonly GroupQuery[];
  /** Cleaned rows that the groups read, to stand before a query: `with … `, or nothing. */
  readonly rows: string;
}

/** The domains that have any of these groups. */
export function domainQueries(groups: readonly GroupQuery[]): readonly DomainQuery[] {
  return DOMAINS.map((domain) => {
    const own = groups.filter(({ group }) => DOMAIN_OF[group] === domain);
    const rows = neededRows(own.map(({ query }) => query)).map(({ table, query }) => `${table} as materialized (${query})`);
    return { domain, table: `${domain}_in_order`, groups: own, rows: rows.length === 0 ? '' : `with ${rows.join(', ')} ` };
  }).filter(({ groups: own }) => own.length > 0);
}

/**
 * Makes a domain's table in one statement, so that cleaned rows and aggregates never become tables of their own: a table counts the distinct
 * values of its columns, which costs as much as making them. Groups that others read keep their precision, the rest become features here.
 */
export function domainTable({ table, groups, rows }: DomainQuery): string {
  const joins = groups.map(({ table: name, query, readByOthers }) => {
    const columns = readByOthers ? '*' : 'SK_ID_CURR, feature(columns(* exclude (SK_ID_CURR)))';
    return `left join (select ${columns} from (${query})) ${sqlName(name)} on clients.SK_ID_CURR = ${sqlName(name)}.SK_ID_CURR`;
  });
  const columns = groups.map(({ table: name }) => `${sqlName(name)}.* exclude (SK_ID_CURR)`);
  return `create or replace temp table ${sqlName(table)} as ${rows}
    select clients.SK_ID_CURR, ${columns.join(', ')} from clients_in_order clients ${joins.join(' ')} order by clients.SK_ID_CURR`;
}
