import type { z } from 'zod';
import type { applicantDataResponse } from '../../../api/schemas/applicants.ts';

/** What an officer names a case by. Null where the form leaves it open. */
export interface Application {
  readonly contract: string | null;
  readonly credit: number | null;
  readonly annuity: number | null;
  readonly goods: number | null;
  readonly income: number | null;
}

export function applicationOf({ tables }: z.infer<typeof applicantDataResponse>): Application {
  const row = tables['application_train']?.[0] ?? tables['application_test']?.[0] ?? {};
  const amount = (column: string) => (typeof row[column] === 'number' ? row[column] : null);
  const contract = row['NAME_CONTRACT_TYPE'];
  return {
    contract: typeof contract === 'string' ? contract : null,
    credit: amount('AMT_CREDIT'),
    annuity: amount('AMT_ANNUITY'),
    goods: amount('AMT_GOODS_PRICE'),
    income: amount('AMT_INCOME_TOTAL'),
  };
}
