-- Earlier applications by what became of them and by kind. \0 is the column's name.
select
  SK_ID_CURR,
  min(columns(['credit', 'asked_minus_credit', 'asked_to_credit', 'hour'])) as 'previous_\0_min',
  max(columns(['credit', 'asked_minus_credit', 'asked_to_credit', 'hour', 'term'])) as 'previous_\0_max',
  avg(columns(['asked', 'asked_minus_credit', 'down_payment', 'term', 'goods'])) as 'previous_\0_mean',
  whole_variance(columns(['decided', 'payments'])) as 'previous_\0_var',

  min(case when approved then
    columns(['annuity', 'credit', 'asked_minus_credit', 'asked_to_credit', 'decided', 'first_due', 'last_due_planned', 'early_days']) end)
    as 'previous_approved_\0_min',
  max(case when approved then
    columns(['down_payment', 'goods', 'payments', 'term', 'asked_minus_credit', 'first_drawing', 'last_due_planned', 'last_due', 'early_days']) end)
    as 'previous_approved_\0_max',
  avg(case when approved then
    columns(['decided', 'payments', 'terminated', 'asked_to_credit', 'first_drawing', 'first_due', 'last_due_planned', 'last_due']) end)
    as 'previous_approved_\0_mean',

  min(case when refused then columns(['credit', 'asked_minus_credit', 'decided']) end) as 'previous_refused_\0_min',
  max(case when refused then columns(['asked', 'payments', 'asked_minus_credit']) end) as 'previous_refused_\0_max',
  avg(case when refused then columns(['asked', 'payments', 'asked_to_credit', 'decided']) end) as 'previous_refused_\0_mean',
  share(case when refused then cash end) as previous_refused_cash_share,

  min(case when running then columns(['decided', 'last_due_planned']) end) as 'previous_running_\0_min',
  max(case when running then columns(['annuity', 'asked', 'remaining', 'last_due_planned']) end) as 'previous_running_\0_max',
  avg(case when running then columns(['asked', 'decided', 'payments', 'remaining', 'repaid_share']) end)
    as 'previous_running_\0_mean',
  sum(case when running then columns(['payments', 'paid', 'unpaid', 'remaining']) end) as 'previous_running_\0_sum',

  min(case when consumer then columns(['interest', 'asked_to_credit']) end) as 'previous_consumer_\0_min',
  max(case when consumer then columns(['annuity', 'interest', 'decided']) end) as 'previous_consumer_\0_max',
  avg(case when consumer then columns(['annuity', 'credit', 'interest', 'payments', 'down_payment_rate']) end)
    as 'previous_consumer_\0_mean',
  min(case when cash then columns(['interest', 'asked_to_credit']) end) as 'previous_cash_\0_min',
  max(case when cash then columns(['annuity', 'interest', 'decided']) end) as 'previous_cash_\0_max',
  avg(case when cash then columns(['annuity', 'credit', 'interest', 'payments']) end) as 'previous_cash_\0_mean',

  -- Loans with an instalment that was not paid in full.
  count(case when unpaid > 0 then 1 end) as previous_unpaid_count,
  avg(case when unpaid > 0 then columns(['credit', 'annuity', 'repaid_share']) end) as 'previous_unpaid_\0_mean'
from previous_rows
group by SK_ID_CURR
