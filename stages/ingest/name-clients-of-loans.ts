import type { DuckDb } from '../../pipeline/index.ts';
import clientsOfLoans from './clients-of-loans.sql';
import type { Reject } from './reject.ts';

interface Loans {
  /** Parquet of bureau. */
  readonly path: string;
  /** Rows of bureau that were not taken: they may still say whose loan it is. */
  readonly rejects: readonly Reject[];
}

/** Rows of bureau_balance name a loan alone: whose it is, bureau says. A loan that it lacks, or gives to two clients, is nobody's. */
export async function nameClientsOfLoans(db: DuckDb, months: readonly Reject[], loans: Loans): Promise<readonly Reject[]> {
  const wanted = [...new Set(months.flatMap(({ loan }) => loan ?? []))];
  if (wanted.length === 0) return months;
  await db.createTable('wanted_loans', { loan: { type: 'INTEGER', values: wanted } });
  const rejected = loans.rejects.flatMap(({ loan, client }) => (loan == null || client === null ? [] : [{ loan, client }]));
  await db.createTable('rejected_loans', {
    loan: { type: 'INTEGER', values: rejected.map(({ loan }) => loan) },
    client: { type: 'INTEGER', values: rejected.map(({ client }) => client) },
  });
  const found = await db.all<{ loan: number; client: number }>(clientsOfLoans, { bureau: loans.path });
  const clients = new Map(found.map(({ loan, client }) => [loan, client]));
  return months.map((reject) => ({ ...reject, client: clients.get(reject.loan ?? 0) ?? null }));
}
