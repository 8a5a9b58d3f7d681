-- One row per client: the loan asked for against what the client owed, asked for and paid before. Reads the tables of the other files.
select
  SK_ID_CURR,
  bureau_debt_sum / nullif(income, 0) as debt_to_income,
  bureau_debt_sum / nullif(loan_credit, 0) as debt_to_loan,
  bureau_active_credit_sum / nullif(income, 0) as active_credit_to_income,
  bureau_credit_mean / nullif(income, 0) as bureau_credit_mean_to_income,
  (loan_annuity + coalesce(bureau_active_annuity_sum, 0) + coalesce(previous_running_annuity_sum, 0)) / nullif(income, 0)
    as all_annuities_to_income,
  (loan_credit + coalesce(bureau_debt_sum, 0) + coalesce(card_latest_balance, 0)) / nullif(income, 0) as all_debt_to_income,
  previous_approved_credit_mean / nullif(loan_credit, 0) as approved_credit_mean_to_loan,
  previous_approved_credit_max / nullif(loan_credit, 0) as approved_credit_max_to_loan,
  previous_refused_credit_max / nullif(loan_credit, 0) as refused_credit_max_to_loan,
  previous_approved_annuity_mean / nullif(loan_annuity, 0) as approved_annuity_mean_to_annuity,
  previous_approved_annuity_max / nullif(loan_annuity, 0) as approved_annuity_max_to_annuity,
  previous_approved_term_mean / nullif(loan_term_months, 0) as approved_term_to_term,
  inst_owed_mean / nullif(loan_annuity, 0) as owed_mean_to_annuity,
  inst_owed_max / nullif(loan_annuity, 0) as owed_max_to_annuity,
  card_latest_balance / nullif(income, 0) as card_balance_to_income,
  bureau_opened_mean / nullif(days_employed, 0) as bureau_opened_mean_to_employed,
  (bureau_count is null)::integer + (previous_count is null)::integer + (pos_months is null)::integer
    + (inst_count is null)::integer + (card_months is null)::integer as history_missing
from application_features
left join bureau_features using (SK_ID_CURR)
left join previous_application_features using (SK_ID_CURR)
left join pos_cash_features using (SK_ID_CURR)
left join installments_features using (SK_ID_CURR)
left join credit_card_features using (SK_ID_CURR)
