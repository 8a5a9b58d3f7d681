import { SluiceError } from '../../../errors/sluice-error.ts';
import type { Ledger } from '../../journal/operation.ts';

/** What an earlier operation of the journal must have learned. */
export function known<TKey extends keyof Ledger>(ledger: Ledger, key: TKey): NonNullable<Ledger[TKey]> {
  const value = ledger[key];
  if (value === undefined || value === null) throw new SluiceError('INTERNAL', `the journal needs ${key} before any operation gave it`);
  return value;
}
