-- The loan asked for, were it repaid in the number of instalments that earlier loans like it had.
create or replace temp table fitted_predicted_term as
select
  SK_ID_CURR,
  payments as predicted_payments,
  (payments * loan_annuity - loan_credit) / nullif(loan_credit, 0) as predicted_interest_share,
  24 * (payments * loan_annuity - loan_credit) / nullif(loan_credit * (payments + 1), 0) as predicted_rate
from encoded_clients
join predicted_payments using (SK_ID_CURR)
where loan_term_months is not null
