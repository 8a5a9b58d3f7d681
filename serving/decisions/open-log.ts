import type { DecisionLog } from './decision-log.ts';

/** @param place a file for SQLite, or `postgres://…`. @param readonly for looking at a log that must be there. @throws SluiceError DECISION_LOG_UNAVAILABLE */
export async function openLog(place: string, options: { readonly readonly?: boolean } = {}): Promise<DecisionLog> {
  if (/^postgres(?:ql)?:\/\//.test(place)) {
    const { PostgresLog } = await import('./postgres/postgres-log.ts');
    return PostgresLog.open(place, options);
  }
  const { SqliteLog } = await import('./sqlite/sqlite-log.ts');
  return SqliteLog.open(place, options);
}
