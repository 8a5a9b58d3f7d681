import type { CatalogueEntry } from '../catalogue.ts';
import { applicationLoan } from './application-loan.ts';
import { applicationPerson } from './application-person.ts';
import { applicationPlace } from './application-place.ts';
import { bureauBalance } from './bureau-balance.ts';
import { bureau } from './bureau.ts';
import { combined } from './combined.ts';
import { creditCard } from './credit-card.ts';
import { installments } from './installments.ts';
import { posCash } from './pos-cash.ts';
import { previousApplication } from './previous-application.ts';

/** What every feature column is. A test holds this list against the columns that the SQL makes. */
export const catalogue: readonly CatalogueEntry[] = [
  ...applicationLoan,
  ...applicationPerson,
  ...applicationPlace,
  ...bureau,
  ...bureauBalance,
  ...previousApplication,
  ...posCash,
  ...installments,
  ...creditCard,
  ...combined,
];
