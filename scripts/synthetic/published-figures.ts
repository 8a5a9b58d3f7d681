import { z } from 'zod';
import type { TableName } from '../../stages/tables/table-names.ts';

const numbers = z.record(z.string(), z.number());

const column = z.object({
  full_missing_pct: z.number().optional(),
  missing_pct: z.number().optional(),
  sample_1in10_missing_pct: z.number().optional(),
  full_describe: numbers.optional(),
  sample_1in10_quantiles: numbers.optional(),
  quantiles: numbers.optional(),
  shares: numbers.optional(),
  values: z.record(z.string(), z.object({ full_count: z.number().optional(), share_1in10: z.number().optional() })).optional(),
  auc_target_53k: z.number().optional(),
});

const table = z.object({
  full_rows: z.number(),
  columns: z.record(z.string(), column),
  full_rows_per_client_given_any_mean: z.number().optional(),
});

const figures = z.object({
  application_train: table,
  application_test_full: z.object({ rows: z.number(), columns: z.record(z.string(), numbers) }),
  secondary_tables: z.record(z.string(), table),
});

export interface PublishedColumn {
  /** Share of rows, 0 to 1. */
  readonly missing: number | null;
  /** p5, p25, p50, p75, p95 where they are published; the mean as `mean`. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Share of each category among the rows that have one. */
  readonly shares: Readonly<Record<string, number>> | null;
  readonly auc: number | null;
}

export interface PublishedTable {
  readonly rows: number;
  readonly columns: Readonly<Record<string, PublishedColumn>>;
  readonly rowsPerClient: number | null;
}

/** The figures that were published of each table, in one shape. */
export function publishedFigures(value: unknown): Readonly<Record<TableName, PublishedTable | null>> {
  const { application_train, application_test_full: test, secondary_tables: secondary } = figures.parse(value);
  const other = (name: string): PublishedTable | null => (secondary[name] === undefined ? null : toTable(secondary[name]));
  const testColumns = Object.entries(test.columns).map(([name, described]): [string, PublishedColumn] => [
    name,
    {
      missing: described['count'] === undefined ? null : 1 - described['count'] / test.rows,
      numbers: fromDescribe(described),
      shares: null,
      auc: null,
    },
  ]);
  return {
    application_train: toTable(application_train),
    application_test: { rows: test.rows, columns: Object.fromEntries(testColumns), rowsPerClient: null },
    bureau: other('bureau'),
    bureau_balance: other('bureau_balance'),
    previous_application: other('previous_application'),
    POS_CASH_balance: other('POS_CASH_balance'),
    installments_payments: other('installments_payments'),
    credit_card_balance: other('credit_card_balance'),
  };
}

function toTable({ full_rows: rows, columns, full_rows_per_client_given_any_mean: rowsPerClient }: z.output<typeof table>): PublishedTable {
  return {
    rows,
    columns: Object.fromEntries(Object.entries(columns).map(([name, found]) => [name, toColumn(found)])),
    rowsPerClient: rowsPerClient ?? null,
  };
}

function toColumn(found: z.output<typeof column>): PublishedColumn {
  const missing = found.full_missing_pct ?? found.missing_pct ?? found.sample_1in10_missing_pct;
  return {
    missing: missing === undefined ? null : missing / 100,
    numbers: { ...found.quantiles, ...found.sample_1in10_quantiles, ...fromDescribe(found.full_describe ?? {}) },
    shares: amongPresent(found.shares ?? sharesOf(found.values)),
    auc: found.auc_target_53k ?? null,
  };
}

function fromDescribe(described: Readonly<Record<string, number>>): Record<string, number> {
  const names: Readonly<Record<string, string>> = { mean: 'mean', '25%': 'p25', '50%': 'p50', '75%': 'p75' };
  return Object.fromEntries(
    Object.entries(described).flatMap(([name, value]) => (names[name] === undefined ? [] : [[names[name], value]])),
  );
}

function sharesOf(values: z.output<typeof column>['values']): Readonly<Record<string, number>> | null {
  if (values === undefined) return null;
  const counts = Object.entries(values).map(([level, { full_count, share_1in10 }]): [string, number | undefined] => [
    level,
    full_count ?? share_1in10,
  ]);
  const known = counts.flatMap(([level, count]): [string, number][] => (count === undefined ? [] : [[level, count]]));
  // Exact counts and shares of a sample must not be mixed.
  const exact = Object.values(values).every(({ full_count }) => full_count !== undefined);
  const usable = exact
    ? known
    : Object.entries(values).flatMap(([level, { share_1in10 }]): [string, number][] =>
        share_1in10 === undefined ? [] : [[level, share_1in10]],
      );
  const total = usable.reduce((sum, [, count]) => sum + count, 0);
  return total === 0 ? null : Object.fromEntries(usable.map(([level, count]) => [level, count / total]));
}

/** Shares of the rows that have a value; codes that were read as decimals ("1.0") are whole numbers again. */
function amongPresent(shares: Readonly<Record<string, number>> | null): Readonly<Record<string, number>> | null {
  if (shares === null) return null;
  const present = Object.entries(shares).filter(([level]) => level !== '<missing>');
  const total = present.reduce((sum, [, share]) => sum + share, 0);
  return total === 0 ? null : Object.fromEntries(present.map(([level, share]) => [level.replace(/^(-?\d+)\.0$/, '$1'), share / total]));
}
