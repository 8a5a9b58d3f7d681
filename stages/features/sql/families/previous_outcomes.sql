-- Earlier applications by what became of them and by kind. \0 is the column's name.
select
  SK_ID_CURR,
  min(columns(['credit', 'asked_minus_credit', 'asked_to_credit', 'hour'])) as 'previous_\0_min',
  max(columns(['credit', 'asked_minus_credit', 'asked_to_credit', 'hour', 'term'])) as 'previous_\0_max',
  avg(columns(['asked', 'asked_minus_credit', 'down_payment', 'term', 'goods'])) as 'previous_\0_mean',
  whole_variance(columns(['decided', 'payments'])) as 'previous_\0_var',

  min(columns(['annuity', 'credit', 'asked_minus_credit', 'asked_to_credit', 'decided', 'first_due', 'last_due_planned', 'early_days']))
    filter (where approved) as 'previous_approved_\0_min',
  max(columns(['down_payment', 'goods', 'payments', 'term', 'asked_minus_credit', 'first_drawing', 'last_due_planned', 'last_due', 'early_days']))
    filter (where approved) as 'previous_approved_\0_max',
  avg(columns(['decided', 'payments', 'terminated', 'asked_to_credit', 'first_drawing', 'first_due', 'last_due_planned', 'last_due'])) filter (where approved) as 'previous_approved_\0_mean',

  min(columns(['credit', 'asked_minus_credit', 'decided'])) filter (where refused) as 'previous_refused_\0_min',
  max(columns(['asked', 'payments', 'asked_minus_credit'])) filter (where refused) as 'previous_refused_\0_max',
  avg(columns(['asked', 'payments', 'asked_to_credit', 'decided'])) filter (where refused) as 'previous_refused_\0_mean',
  share(case when refused then cash end) as previous_refused_cash_share,

  min(columns(['decided', 'last_due_planned'])) filter (where running) as 'previous_running_\0_min',
  max(columns(['annuity', 'asked', 'remaining', 'last_due_planned'])) filter (where running) as 'previous_running_\0_max',
  avg(columns(['asked', 'decided', 'payments', 'remaining', 'repaid_share'])) filter (where running)
    as 'previous_running_\0_mean',
  sum(columns(['payments', 'paid', 'unpaid', 'remaining'])) filter (where running) as 'previous_running_\0_sum',

  min(columns(['interest', 'asked_to_credit'])) filter (where consumer) as 'previous_consumer_\0_min',
  max(columns(['annuity', 'interest', 'decided'])) filter (where consumer) as 'previous_consumer_\0_max',
  avg(columns(['annuity', 'credit', 'interest', 'payments', 'down_payment_rate'])) filter (where consumer)
    as 'previous_consumer_\0_mean',
  min(columns(['interest', 'asked_to_credit'])) filter (where cash) as 'previous_cash_\0_min',
  max(columns(['annuity', 'interest', 'decided'])) filter (where cash) as 'previous_cash_\0_max',
  avg(columns(['annuity', 'credit', 'interest', 'payments'])) filter (where cash) as 'previous_cash_\0_mean',

  -- Loans with an instalment that was not paid in full.
  count(*) filter (where unpaid > 0) as previous_unpaid_count,
  avg(columns(['credit', 'annuity', 'repaid_share'])) filter (where unpaid > 0) as 'previous_unpaid_\0_mean'
from previous_rows
group by SK_ID_CURR
