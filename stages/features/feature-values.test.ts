import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { DuckDb } from '../../pipeline/index.ts';
import { featuresOf, type RawRows } from './testing/raw-tables.ts';

const applicant = { SK_ID_CURR: 1, TARGET: 0, AMT_INCOME_TOTAL: 120_000, AMT_CREDIT: 60_000, AMT_ANNUITY: 5_000, DAYS_BIRTH: -14_610 };

/** Features of client 1, rounded to the seven digits that a Float32 holds. */
async function featuresOfClient(rows: RawRows): Promise<Readonly<Record<string, number | null>>> {
  using db = await DuckDb.open({ threads: 2, memoryMb: 512, tempDir: tmpdir() });
  const row = (await featuresOf(db, { application_train: [applicant], ...rows })).get(1) ?? {};
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? Number(value.toPrecision(6)) : null]),
  );
}

test('external scores skip what is missing', async () => {
  const row = await featuresOfClient({ application_train: [{ ...applicant, EXT_SOURCE_1: 0.2, EXT_SOURCE_3: 0.6 }] });
  // By hand: mean 0.4, deviations ±0.2, so the sample deviation is √(0.08 / 1).
  expect(row).toMatchObject({
    ext_mean: 0.4,
    ext_min: 0.2,
    ext_max: 0.6,
    ext_std: 0.282843,
    ext_prod: null,
    ext_weighted: 0.44,
    ext_null_count: 1,
  });
});

test('365243 days are no days, and a single score has no deviation', async () => {
  const row = await featuresOfClient({ application_train: [{ ...applicant, EXT_SOURCE_2: 0.5, DAYS_EMPLOYED: 365_243 }] });
  expect(row).toMatchObject({ days_employed: null, employed_sentinel: 1, employed_to_age: null, ext_mean: 0.5, ext_std: null });
});

test('a split payment is one instalment, a missing one is unpaid, and lateness counts from the last part', async () => {
  const instalment = { SK_ID_CURR: 1, SK_ID_PREV: 7, AMT_INSTALMENT: 100 };
  const row = await featuresOfClient({
    installments_payments: [
      { ...instalment, NUM_INSTALMENT_NUMBER: 1, DAYS_INSTALMENT: -800, DAYS_ENTRY_PAYMENT: -810, AMT_PAYMENT: 40 },
      { ...instalment, NUM_INSTALMENT_NUMBER: 1, DAYS_INSTALMENT: -800, DAYS_ENTRY_PAYMENT: -790, AMT_PAYMENT: 60 },
      { ...instalment, NUM_INSTALMENT_NUMBER: 2, DAYS_INSTALMENT: -400, DAYS_ENTRY_PAYMENT: -405, AMT_PAYMENT: 100 },
      { ...instalment, NUM_INSTALMENT_NUMBER: 3, DAYS_INSTALMENT: -100, DAYS_ENTRY_PAYMENT: -98, AMT_PAYMENT: 50 },
      { ...instalment, NUM_INSTALMENT_NUMBER: 4, DAYS_INSTALMENT: -70 },
    ],
  });
  expect(row).toMatchObject({
    inst_count: 4,
    inst_late_max: 10,
    inst_late_mean: 4,
    inst_late_var: 28,
    inst_early_mean: 1.66667,
    inst_late_share: 0.666667,
    inst_late7_share: 0.333333,
    inst_unpaid_share: 0.25,
    inst_short_share: 0.5,
    inst_short_max: 100,
    inst_paid_to_owed: 0.625,
    inst_last365_late_max: 2,
    inst_last365_margin_min: -2,
    inst_last365_late_share: 1,
    inst_last730_late_share: 0.5,
    owed_max_to_annuity: 0.02,
  });
});

test('earlier applications: shares, the latest ones, simple interest, what still runs', async () => {
  const loan = {
    SK_ID_CURR: 1,
    NAME_CONTRACT_STATUS: 'Approved',
    AMT_CREDIT: 1_000,
    AMT_APPLICATION: 900,
    AMT_ANNUITY: 110,
    CNT_PAYMENT: 10,
  };
  const row = await featuresOfClient({
    previous_application: [
      { ...loan, SK_ID_PREV: 1, DAYS_DECISION: -1_000, DAYS_LAST_DUE: -600, DAYS_LAST_DUE_1ST_VERSION: -500 },
      { ...loan, SK_ID_PREV: 2, DAYS_DECISION: -300, DAYS_LAST_DUE: 365_243, DAYS_TERMINATION: 365_243 },
      {
        SK_ID_CURR: 1,
        SK_ID_PREV: 3,
        NAME_CONTRACT_STATUS: 'Refused',
        CODE_REJECT_REASON: 'SCO',
        DAYS_DECISION: -20,
        AMT_CREDIT: 6_000,
        AMT_APPLICATION: 6_000,
      },
      { SK_ID_CURR: 1, SK_ID_PREV: 4, NAME_CONTRACT_STATUS: 'Canceled', DAYS_DECISION: -10, AMT_CREDIT: 0, AMT_APPLICATION: 0 },
    ],
  });
  expect(row).toMatchObject({
    previous_count: 4,
    previous_approved_share: 0.5,
    previous_refused_count: 1,
    previous_reject_score_count: 1,
    previous_latest_refused: 0,
    previous_latest3_refused_share: 0.333333,
    // (10 · 110 − 1000) / (1000 · 10), and AMT_APPLICATION / AMT_CREDIT of the three rows with a credit.
    previous_interest_mean: 0.01,
    previous_asked_to_credit_mean: 0.933333,
    previous_running_count: 1,
    previous_running_annuity_sum: 110,
    previous_last_due_max: -600,
    previous_early_days_mean: 100,
    previous_terminated_max: null,
    previous_last365_count: 3,
    previous_last730_refused_share: 0.333333,
    refused_credit_max_to_loan: 0.1,
    all_annuities_to_income: 0.0425833,
  });
});

test('credits elsewhere: kinds, windows, what is still owed, and the months of each', async () => {
  const row = await featuresOfClient({
    bureau: [
      {
        SK_ID_CURR: 1,
        SK_ID_BUREAU: 1,
        CREDIT_ACTIVE: 'Closed',
        CREDIT_TYPE: 'Consumer credit',
        DAYS_CREDIT: -1_000,
        DAYS_CREDIT_ENDDATE: -500,
        DAYS_ENDDATE_FACT: -600,
        AMT_CREDIT_SUM: 100,
      },
      {
        SK_ID_CURR: 1,
        SK_ID_BUREAU: 2,
        CREDIT_ACTIVE: 'Closed',
        CREDIT_TYPE: 'Consumer credit',
        DAYS_CREDIT: -900,
        DAYS_CREDIT_ENDDATE: -45_000,
        AMT_CREDIT_SUM: 300,
      },
      {
        SK_ID_CURR: 1,
        SK_ID_BUREAU: 3,
        CREDIT_ACTIVE: 'Active',
        CREDIT_TYPE: 'Credit card',
        DAYS_CREDIT: -100,
        AMT_CREDIT_SUM: 400,
        AMT_CREDIT_SUM_DEBT: 200,
        AMT_CREDIT_MAX_OVERDUE: 5,
      },
    ],
    bureau_balance: [
      { SK_ID_BUREAU: 1, MONTHS_BALANCE: -30, STATUS: '0' },
      { SK_ID_BUREAU: 1, MONTHS_BALANCE: -20, STATUS: 'C' },
      { SK_ID_BUREAU: 3, MONTHS_BALANCE: -2, STATUS: '2' },
      { SK_ID_BUREAU: 3, MONTHS_BALANCE: -1, STATUS: 'X' },
    ],
  });
  expect(row).toMatchObject({
    bureau_count: 3,
    bureau_active_count: 1,
    bureau_type_count: 2,
    bureau_last365_count: 1,
    bureau_closed_opened_var: 5_000,
    bureau_opened_gap_mean: 450,
    bureau_closed_early_mean: 100,
    bureau_term_mean: 500,
    bureau_credit_sum: 800,
    bureau_debt_to_credit: 0.25,
    bureau_active_debt_to_credit: 0.5,
    bureau_latest_debt_share: 0.5,
    bureau_last730_max_overdue_max: 5,
    balance_months: 4,
    balance_late_share: 0.25,
    balance_closed_share: 0.25,
    balance_worst: 2,
    balance_last_late_month: -2,
    balance_last12_late_share: 0.5,
  });
});

test('monthly snapshots: lateness, what is left to pay, use of the card', async () => {
  const card = { SK_ID_CURR: 1, SK_ID_PREV: 9, AMT_CREDIT_LIMIT_ACTUAL: 100 };
  const row = await featuresOfClient({
    POS_CASH_balance: [
      {
        SK_ID_CURR: 1,
        SK_ID_PREV: 5,
        MONTHS_BALANCE: -20,
        SK_DPD: 9,
        SK_DPD_DEF: 0,
        CNT_INSTALMENT: 12,
        CNT_INSTALMENT_FUTURE: 12,
        NAME_CONTRACT_STATUS: 'Active',
      },
      {
        SK_ID_CURR: 1,
        SK_ID_PREV: 5,
        MONTHS_BALANCE: -19,
        SK_DPD: 0,
        SK_DPD_DEF: 0,
        CNT_INSTALMENT: 6,
        CNT_INSTALMENT_FUTURE: 0,
        NAME_CONTRACT_STATUS: 'Completed',
      },
      {
        SK_ID_CURR: 1,
        SK_ID_PREV: 6,
        MONTHS_BALANCE: -1,
        SK_DPD: 0,
        SK_DPD_DEF: 0,
        CNT_INSTALMENT: 10,
        CNT_INSTALMENT_FUTURE: 4,
        NAME_CONTRACT_STATUS: 'Active',
      },
    ],
    credit_card_balance: [
      { ...card, MONTHS_BALANCE: -3, AMT_BALANCE: 90, AMT_DRAWINGS_ATM_CURRENT: 30, AMT_DRAWINGS_CURRENT: 40 },
      { ...card, MONTHS_BALANCE: -2, AMT_BALANCE: 20, AMT_DRAWINGS_ATM_CURRENT: -6, AMT_DRAWINGS_CURRENT: 20 },
      { ...card, MONTHS_BALANCE: -1, AMT_BALANCE: 60, AMT_DRAWINGS_ATM_CURRENT: 0, AMT_DRAWINGS_CURRENT: 0, AMT_CREDIT_LIMIT_ACTUAL: 0 },
    ],
  });
  expect(row).toMatchObject({
    pos_months: 3,
    pos_loans: 2,
    pos_dpd_mean: 3,
    pos_late_share: 0.333333,
    pos_last12_dpd_max: 0,
    pos_completed_share: 0.333333,
    pos_shortened_share: 0.5,
    pos_instalments_mean: 11,
    pos_running_future_sum: 4,
    card_limit_use_max: 0.9,
    card_latest2_limit_use_max: 0.2,
    card_latest_balance: 60,
    card_atm_share: 0.5,
    card_balance_to_income: 0.0005,
  });
});
