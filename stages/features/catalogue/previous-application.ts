import { families, type Family } from './family.ts';
import { type Row, rows } from './row.ts';

const outcomes: readonly Row[] = [
  ['previous_count', 'rows', 'Earlier applications', 'Demandes antérieures', '?'],
  ['previous_approved_count', 'rows Approved; null where none', 'Earlier applications approved', 'Demandes acceptées', '-'],
  ['previous_approved_share', 'share of rows Approved', 'Share of applications approved', 'Part des demandes acceptées', '-'],
  ['previous_refused_count', 'rows Refused; null where none', 'Earlier applications refused', 'Demandes refusées', '+'],
  ['previous_refused_share', 'share of rows Refused', 'Share of applications refused', 'Part des demandes refusées', '+'],
  ['previous_canceled_share', 'share of rows Canceled', 'Share of applications cancelled', 'Part des demandes annulées', '?'],
  [
    'previous_reject_hc_share',
    'share of rows with CODE_REJECT_REASON = HC',
    'Share of applications refused for reason HC',
    'Part des refus de motif HC',
    '+',
  ],
  [
    'previous_reject_score_count',
    'rows with CODE_REJECT_REASON SCO or SCOFR',
    'Applications refused for the score',
    'Refus pour motif de score',
    '+',
  ],
  ['previous_last365_count', 'rows decided in the last 365 days', 'Applications, last 365 days', 'Demandes, 365 derniers jours', '+'],
  [
    'previous_last730_refused_share',
    'share Refused, last 730 days',
    'Share refused, last 730 days',
    'Part refusée, 730 derniers jours',
    '+',
  ],
  ['previous_latest_refused', 'the latest row is Refused', 'Latest application refused', 'Dernière demande refusée', '+'],
  [
    'previous_latest3_refused_share',
    'share Refused of the 3 latest rows',
    'Share refused, three latest',
    'Part refusée, trois dernières',
    '+',
  ],
];

const kinds: readonly Row[] = [
  ['previous_cash_share', 'share of rows Cash loans', 'Share of applications for cash', 'Part des demandes de prêt personnel', '?'],
  [
    'previous_revolving_share',
    'share of rows Revolving loans',
    'Share of applications for revolving credit',
    'Part des demandes de crédit renouvelable',
    '+',
  ],
  [
    'previous_yield_high_share',
    'share of NAME_YIELD_GROUP known that is high',
    'Share of loans at a high rate',
    'Part des prêts à taux élevé',
    '+',
  ],
  ['previous_walk_in_count', 'rows with NAME_PRODUCT_TYPE = walk-in', 'Loans not offered by us', 'Prêts sans offre de notre part', '+'],
  [
    'previous_hour_mean',
    'mean of HOUR_APPR_PROCESS_START',
    'Hour of earlier applications: mean',
    'Heure des demandes antérieures : moyenne',
    '?',
  ],
];

const dates: readonly Family[] = [
  {
    of: 'DAYS_DECISION (negative)',
    en: 'Decision on earlier applications, in days',
    fr: 'Décision des demandes antérieures, en jours',
    sign: '+',
    features: {
      previous_decided_min: 'min',
      previous_decided_max: 'max',
      previous_decided_mean: 'mean',
      previous_approved_decided_max: 'max approved',
      previous_refused_decided_max: 'max refused',
    },
  },
  {
    of: 'DAYS_TERMINATION (negative), 365243 as null',
    en: 'End of earlier loans, in days',
    fr: 'Fin des prêts antérieurs, en jours',
    sign: '?',
    features: { previous_terminated_max: 'max' },
  },
  {
    of: 'DAYS_LAST_DUE, 365243 as null',
    en: 'Last instalment of earlier loans, in days',
    fr: 'Dernière échéance des prêts antérieurs, en jours',
    sign: '?',
    features: { previous_last_due_max: 'max' },
  },
  {
    of: 'DAYS_LAST_DUE_1ST_VERSION, 365243 as null',
    en: 'Last instalment as first planned, in days',
    fr: 'Dernière échéance prévue, en jours',
    sign: '+',
    features: { previous_last_due_planned_max: 'max' },
  },
  {
    of: 'DAYS_LAST_DUE_1ST_VERSION − DAYS_LAST_DUE',
    en: 'Days ended before plan',
    fr: 'Jours d’avance sur le plan',
    sign: '?',
    features: { previous_early_days_mean: 'mean' },
  },
];

const amounts: readonly Family[] = [
  {
    of: 'AMT_ANNUITY',
    en: 'Instalment of earlier loans',
    fr: 'Mensualité des prêts antérieurs',
    sign: '?',
    features: {
      previous_annuity_min: 'min',
      previous_annuity_max: 'max',
      previous_annuity_mean: 'mean',
      previous_approved_annuity_mean: 'mean approved',
      previous_approved_annuity_max: 'max approved',
      previous_running_annuity_sum: 'sum running',
    },
  },
  {
    of: 'AMT_CREDIT',
    en: 'Amount of earlier loans',
    fr: 'Montant des prêts antérieurs',
    sign: '?',
    features: {
      previous_credit_mean: 'mean',
      previous_credit_sum: 'sum',
      previous_approved_credit_max: 'max approved',
      previous_approved_credit_mean: 'mean approved',
      previous_refused_credit_max: 'max refused',
      previous_refused_credit_mean: 'mean refused',
      previous_running_credit_sum: 'sum running',
    },
  },
  {
    of: 'rows Approved with DAYS_LAST_DUE = 365243',
    en: 'Earlier loans still running',
    fr: 'Prêts antérieurs en cours',
    sign: '+',
    features: { previous_running_count: 'count' },
  },
  {
    of: 'AMT_APPLICATION',
    en: 'Amount asked for earlier',
    fr: 'Montant demandé auparavant',
    sign: '?',
    features: { previous_asked_max: 'max' },
  },
  {
    of: 'AMT_APPLICATION / AMT_CREDIT',
    en: 'Asked for to granted',
    fr: 'Montant demandé rapporté à l’accordé',
    sign: '?',
    features: {
      previous_asked_to_credit_mean: 'mean',
      previous_approved_asked_to_credit_max: 'max approved',
      previous_latest3_asked_to_credit_mean: 'mean latest3',
    },
  },
  {
    of: 'AMT_DOWN_PAYMENT',
    en: 'Down payment',
    fr: 'Apport',
    sign: '-',
    features: { previous_down_payment_max: 'max' },
  },
  {
    of: 'RATE_DOWN_PAYMENT',
    en: 'Down payment to price',
    fr: 'Apport rapporté au prix',
    sign: '-',
    features: { previous_down_payment_rate_mean: 'mean' },
  },
];

const terms: readonly Family[] = [
  {
    of: 'CNT_PAYMENT',
    en: 'Instalments agreed',
    fr: 'Nombre d’échéances',
    sign: '+',
    features: { previous_payments_mean: 'mean', previous_payments_max: 'max' },
  },
  {
    of: 'AMT_CREDIT / AMT_ANNUITY',
    en: 'Earlier loans in instalments',
    fr: 'Prêts antérieurs en mensualités',
    sign: '+',
    features: { previous_approved_term_mean: 'mean approved' },
  },
  {
    of: '(CNT_PAYMENT · AMT_ANNUITY − AMT_CREDIT) / (AMT_CREDIT · CNT_PAYMENT)',
    en: 'Simple interest per instalment',
    fr: 'Intérêt simple par échéance',
    sign: '+',
    features: {
      previous_interest_min: 'min approved',
      previous_interest_mean: 'mean approved',
      previous_interest_max: 'max approved',
      previous_latest3_interest_max: 'max latest3',
    },
  },
];

export const previousApplication = [
  ...rows({ table: 'previous_application', concept: 'earlier applications' }, outcomes),
  ...rows({ table: 'previous_application', concept: 'earlier loans' }, kinds),
  ...families({ table: 'previous_application', concept: 'earlier applications' }, dates),
  ...families({ table: 'previous_application', concept: 'earlier loans' }, [...amounts, ...terms]),
];
