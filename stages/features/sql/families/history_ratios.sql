-- The loan asked for and the applicant against the history, more closely. Reads the features of the raw tables.
select
  SK_ID_CURR,
  bureau_debt_sum / nullif(bureau_active_credit_sum, 0) as debt_to_active_credit,
  bureau_active_credit_max / nullif(loan_credit, 0) as active_credit_max_to_loan,
  bureau_credit_max / nullif(loan_credit, 0) as bureau_credit_max_to_loan,
  bureau_credit_sum / nullif(income, 0) as bureau_credit_sum_to_income,
  bureau_max_overdue_max / nullif(loan_annuity, 0) as max_overdue_to_annuity,
  bureau_active_annuity_sum / nullif(income, 0) as bureau_annuity_to_income,
  bureau_opened_max / nullif(days_employed, 0) as bureau_opened_max_to_employed,
  bureau_active_count / nullif(bureau_count + previous_count, 0) as active_to_all_history,
  enquiries_year / nullif(bureau_last365_count, 0) as enquiries_to_opened,
  previous_annuity_mean / nullif(loan_annuity, 0) as previous_annuity_mean_to_annuity,
  previous_credit_mean / nullif(loan_credit, 0) as previous_credit_mean_to_loan,
  previous_asked_max / nullif(loan_credit, 0) as asked_max_to_loan,
  previous_running_annuity_sum / nullif(income, 0) as running_annuity_to_income,
  previous_running_credit_sum / nullif(loan_credit, 0) as running_credit_to_loan,
  previous_payments_mean / nullif(loan_term_months, 0) as previous_payments_mean_to_term,
  previous_payments_max / nullif(loan_term_months, 0) as previous_payments_max_to_term,
  previous_decided_mean / nullif(days_employed, 0) as decided_mean_to_employed,
  previous_decided_max / nullif(bureau_opened_max, 0) as decided_to_opened,
  loan_annuity / nullif(inst_owed_max, 0) as annuity_to_owed_max,
  loan_annuity - inst_owed_mean as annuity_minus_owed_mean,
  inst_short_mean / nullif(loan_annuity, 0) as short_mean_to_annuity,
  card_limit_max / nullif(income, 0) as card_limit_to_income,
  card_balance_mean / nullif(loan_credit, 0) as card_balance_to_loan,
  card_drawings_mean / nullif(income, 0) as card_drawings_to_income,
  pos_running_future_sum / nullif(loan_term_months, 0) as pos_future_to_term,
  -- What the loan would cost a year with as many instalments as earlier loans had: 24 · interest / (credit · (n + 1)).
  24 * (previous_payments_mean * loan_annuity - loan_credit) / nullif(loan_credit * (previous_payments_mean + 1), 0) as loan_rate_as_before,
  (previous_payments_max * loan_annuity - loan_credit) / nullif(loan_credit, 0) as loan_interest_share_as_longest,
  ext_mean * (1 - bureau_active_debt_to_credit) as ext_mean_free_debt,
  ext_mean * previous_approved_share as ext_mean_approved,
  ext_mean * (1 - inst_late_share) as ext_mean_on_time,
  (bureau_late.balance_worst > 0)::integer + (inst_late_max > 30)::integer + (pos_dpd_def_max > 0)::integer as late_sources
from application_features
left join bureau_features using (SK_ID_CURR)
left join (select SK_ID_CURR, balance_worst from bureau_balance_features) bureau_late using (SK_ID_CURR)
left join previous_application_features using (SK_ID_CURR)
left join pos_cash_features using (SK_ID_CURR)
left join installments_features using (SK_ID_CURR)
left join credit_card_features using (SK_ID_CURR)
