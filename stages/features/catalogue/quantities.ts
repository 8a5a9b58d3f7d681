import type { Quantity } from './grid.ts';

type Quantities = Readonly<Record<string, Quantity>>;

/** Quantities of bureau_rows. */
export const bureauQuantities: Quantities = {
  opened: ['DAYS_CREDIT (negative)', 'Opening of credits elsewhere, in days', 'Ouverture des crédits ailleurs, en jours', '+'],
  due: ['DAYS_CREDIT_ENDDATE', 'End of credits elsewhere, in days', 'Échéance des crédits ailleurs, en jours', '?'],
  updated: [
    'DAYS_CREDIT_UPDATE (negative)',
    'Last news of credits elsewhere, in days',
    'Dernière mise à jour des crédits ailleurs, en jours',
    '?',
  ],
  gap: ['days since the loan before', 'Days between credits elsewhere', 'Jours entre deux crédits ailleurs', '-'],
  prolonged: ['CNT_CREDIT_PROLONG', 'Prolongations elsewhere', 'Prolongations ailleurs', '+'],
  credit: ['AMT_CREDIT_SUM', 'Amount of credits elsewhere', 'Montant des crédits ailleurs', '?'],
  debt: ['AMT_CREDIT_SUM_DEBT', 'Debt elsewhere', 'Dette ailleurs', '+'],
  overdue: ['AMT_CREDIT_SUM_OVERDUE', 'Amount overdue elsewhere today', 'Montant en retard ailleurs à ce jour', '+'],
  max_overdue: ['AMT_CREDIT_MAX_OVERDUE', 'Largest amount ever overdue elsewhere', 'Plus grand retard ailleurs', '+'],
  annuity: ['AMT_ANNUITY', 'Instalments elsewhere', 'Mensualités ailleurs', '+'],
  repaid: ['AMT_CREDIT_SUM − AMT_CREDIT_SUM_DEBT', 'Repaid so far elsewhere', 'Déjà remboursé ailleurs', '-'],
  debt_share: [
    'AMT_CREDIT_SUM_DEBT / AMT_CREDIT_SUM',
    'Share still owed of a credit elsewhere',
    'Part restant due d’un crédit ailleurs',
    '+',
  ],
  months: ['months of history of a loan', 'Months of history of a credit elsewhere', 'Mois d’historique d’un crédit ailleurs', '?'],
  late_share: ['share of a loan’s months with STATUS 1 to 5', 'Share of months late elsewhere', 'Part des mois en retard ailleurs', '+'],
  on_time_share: ['share of a loan’s months with STATUS 0', 'Share of months on time elsewhere', 'Part des mois à jour ailleurs', '-'],
  sold: ['CREDIT_ACTIVE = Sold', 'Credits elsewhere sold', 'Crédits ailleurs cédés', '+'],
  consumer: ['CREDIT_TYPE = Consumer credit', 'Consumer credits elsewhere', 'Crédits à la consommation ailleurs', '?'],
  cards: ['CREDIT_TYPE = Credit card', 'Credit cards elsewhere', 'Cartes de crédit ailleurs', '?'],
  mortgage: ['CREDIT_TYPE = Mortgage', 'Mortgages elsewhere', 'Crédits immobiliers ailleurs', '-'],
  car: ['CREDIT_TYPE = Car loan', 'Car loans elsewhere', 'Crédits automobiles ailleurs', '-'],
  microloan: ['CREDIT_TYPE = Microloan', 'Microloans elsewhere', 'Microcrédits ailleurs', '+'],
};

/** Quantities of balance_rows and of its loans. */
export const balanceQuantities: Quantities = {
  lateness: ['STATUS 1 to 5, others as 0', 'Lateness elsewhere, 0 to 5', 'Retard ailleurs, de 0 à 5', '+'],
  month: ['MONTHS_BALANCE (negative)', 'Months of history elsewhere', 'Mois d’historique ailleurs', '?'],
  unknown: ['STATUS = X', 'Months of unknown status elsewhere', 'Mois de statut inconnu ailleurs', '?'],
  closed: ['STATUS = C', 'Months closed elsewhere', 'Mois clos ailleurs', '-'],
  late: ['STATUS 1 to 5', 'Months late elsewhere', 'Mois en retard ailleurs', '+'],
  loan_months: ['months a loan', 'Months of history a credit elsewhere', 'Mois d’historique par crédit ailleurs', '?'],
  loan_worst: ['largest STATUS a loan', 'Worst lateness a credit elsewhere', 'Pire retard par crédit ailleurs', '+'],
  late_loan: ['loans with a month late', 'Credits elsewhere ever late', 'Crédits ailleurs ayant eu un retard', '+'],
};

/** Quantities of pos_rows. */
export const posQuantities: Quantities = {
  month: ['MONTHS_BALANCE (negative)', 'Month of the snapshots', 'Mois des relevés', '?'],
  dpd: ['SK_DPD', 'Days late on earlier loans', 'Jours de retard sur les prêts antérieurs', '+'],
  dpd_def: ['SK_DPD_DEF', 'Days late, small debts aside', 'Jours de retard, petites dettes à part', '+'],
  future: ['CNT_INSTALMENT_FUTURE', 'Instalments left', 'Échéances restantes', '+'],
  future_share: ['CNT_INSTALMENT_FUTURE / CNT_INSTALMENT', 'Share of instalments left', 'Part des échéances restantes', '+'],
  instalments: ['CNT_INSTALMENT', 'Instalments agreed', 'Nombre d’échéances', '+'],
  late: ['SK_DPD > 0', 'Months late on earlier loans', 'Mois en retard sur les prêts antérieurs', '+'],
  active: ['NAME_CONTRACT_STATUS = Active', 'Months active', 'Mois actifs', '?'],
  signed: ['NAME_CONTRACT_STATUS = Signed', 'Months signed only', 'Mois seulement signés', '?'],
  returned: ['NAME_CONTRACT_STATUS = Returned to the store', 'Goods returned', 'Biens rendus', '?'],
  demand: ['NAME_CONTRACT_STATUS = Demand', 'Debt called in', 'Dette exigée', '+'],
  amortized: ['NAME_CONTRACT_STATUS = Amortized debt', 'Debt written down', 'Dette amortie', '+'],
};

/** Quantities of installment_rows. */
export const installmentQuantities: Quantities = {
  late: ['days paid after DAYS_INSTALMENT', 'Days instalments were late', 'Jours de retard des échéances', '+'],
  early: ['days paid before DAYS_INSTALMENT', 'Days instalments were early', 'Jours d’avance des échéances', '-'],
  short: ['AMT_INSTALMENT − Σ AMT_PAYMENT', 'Short of the instalment', 'Manque sur l’échéance', '+'],
  over: ['Σ AMT_PAYMENT − AMT_INSTALMENT, at least 0', 'Paid beyond the instalment', 'Payé au-delà de l’échéance', '-'],
  paid_share: ['Σ AMT_PAYMENT / AMT_INSTALMENT', 'Share of the instalment paid', 'Part payée de l’échéance', '-'],
  paid: ['Σ AMT_PAYMENT', 'Paid on instalments', 'Payé sur les échéances', '-'],
  owed: ['AMT_INSTALMENT', 'Instalment owed', 'Échéance due', '?'],
  paid_on: ['DAYS_ENTRY_PAYMENT (negative)', 'Day of payment', 'Jour de paiement', '?'],
  late7: ['paid more than 7 days late', 'Instalments over 7 days late', 'Échéances en retard de plus de 7 jours', '+'],
  late15: ['paid more than 15 days late', 'Instalments over 15 days late', 'Échéances en retard de plus de 15 jours', '+'],
};

/** Quantities of card_rows. */
export const cardQuantities: Quantities = {
  month: ['MONTHS_BALANCE (negative)', 'Months of cards', 'Mois des cartes', '+'],
  balance: ['AMT_BALANCE', 'Card balance', 'Solde de carte', '+'],
  credit_limit: ['AMT_CREDIT_LIMIT_ACTUAL', 'Card limit', 'Plafond de carte', '-'],
  limit_use: ['AMT_BALANCE / AMT_CREDIT_LIMIT_ACTUAL', 'Use of the card limit', 'Usage du plafond de carte', '+'],
  atm: ['AMT_DRAWINGS_ATM_CURRENT, negative as null', 'Cash drawn by card', 'Retraits par carte', '+'],
  drawings: ['AMT_DRAWINGS_CURRENT, negative as null', 'Spent by card', 'Dépensé par carte', '+'],
  purchases: ['AMT_DRAWINGS_POS_CURRENT, negative as null', 'Purchases by card', 'Achats par carte', '?'],
  payment: ['AMT_PAYMENT_TOTAL_CURRENT', 'Paid on cards', 'Payé sur les cartes', '-'],
  minimum: ['AMT_INST_MIN_REGULARITY', 'Least payment asked on cards', 'Paiement minimum demandé', '+'],
  payment_to_minimum: ['AMT_PAYMENT_CURRENT / AMT_INST_MIN_REGULARITY', 'Paid to the least asked', 'Payé rapporté au minimum', '-'],
  atm_to_limit: ['AMT_DRAWINGS_ATM_CURRENT / AMT_CREDIT_LIMIT_ACTUAL', 'Cash drawn to the limit', 'Retraits rapportés au plafond', '+'],
  drawings_count: ['CNT_DRAWINGS_CURRENT', 'Uses of the card', 'Utilisations de la carte', '+'],
  atm_count: ['CNT_DRAWINGS_ATM_CURRENT', 'Cash withdrawals by card', 'Nombre de retraits par carte', '+'],
  purchases_count: ['CNT_DRAWINGS_POS_CURRENT', 'Purchases by card, number', 'Nombre d’achats par carte', '?'],
  paid_count: ['CNT_INSTALMENT_MATURE_CUM', 'Card instalments paid', 'Échéances de carte payées', '-'],
  dpd: ['SK_DPD', 'Days late on cards', 'Jours de retard sur les cartes', '+'],
  dpd_def: ['SK_DPD_DEF', 'Days late on cards, small debts aside', 'Jours de retard sur les cartes, petites dettes à part', '+'],
};
