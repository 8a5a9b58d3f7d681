import type { CatalogueEntry } from '../catalogue.ts';
import { CHOSEN_FAMILIES, FAMILY_NAMES, type FamilyName } from '../family-names.ts';
import { applicationLoan } from './application-loan.ts';
import { applicationPerson } from './application-person.ts';
import { applicationPlace } from './application-place.ts';
import { bureauBalance } from './bureau-balance.ts';
import { bureau } from './bureau.ts';
import { combined } from './combined.ts';
import { creditCard } from './credit-card.ts';
import { applicationCategories } from './families/application-categories.ts';
import { applicationDetail } from './families/application-detail.ts';
import { balanceWindows } from './families/balance-windows.ts';
import { bureauKinds } from './families/bureau-kinds.ts';
import { bureauWindows } from './families/bureau-windows.ts';
import { cardWindows } from './families/card-windows.ts';
import { historyRatios } from './families/history-ratios.ts';
import { installmentTrends } from './families/installment-trends.ts';
import { installmentWindows } from './families/installment-windows.ts';
import { interest } from './families/interest.ts';
import { posWindows } from './families/pos-windows.ts';
import { previousLatest } from './families/previous-latest.ts';
import { previousOutcomes } from './families/previous-outcomes.ts';
import { previousShares } from './families/previous-shares.ts';
import { previousWindows } from './families/previous-windows.ts';
import { installments } from './installments.ts';
import { posCash } from './pos-cash.ts';
import { previousApplication } from './previous-application.ts';

/** What the columns are that are always made. */
export const coreCatalogue: readonly CatalogueEntry[] = [
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

export const familyCatalogue: Readonly<Record<FamilyName, readonly CatalogueEntry[]>> = {
  application_detail: applicationDetail,
  bureau_kinds: bureauKinds,
  bureau_windows: bureauWindows,
  balance_windows: balanceWindows,
  previous_outcomes: previousOutcomes,
  previous_windows: previousWindows,
  previous_latest: previousLatest,
  previous_shares: previousShares,
  interest,
  pos_windows: posWindows,
  installment_windows: installmentWindows,
  installment_trends: installmentTrends,
  card_windows: cardWindows,
  history_ratios: historyRatios,
  application_categories: applicationCategories,
};

/** What every feature column of the core and of these families is. */
export function catalogueOf(families: readonly FamilyName[]): readonly CatalogueEntry[] {
  return [
    ...coreCatalogue,
    ...[...FAMILY_NAMES, ...CHOSEN_FAMILIES].filter((name) => families.includes(name)).flatMap((name) => familyCatalogue[name]),
  ];
}

/** What every feature column is that is made without being asked for. A test holds this list against the columns that the SQL makes. */
export const catalogue = catalogueOf(FAMILY_NAMES);
