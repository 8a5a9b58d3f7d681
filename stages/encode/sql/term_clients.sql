-- The loans asked for, in the columns of term_rows.
select loan_credit as credit, loan_annuity as annuity, loan_term_months as term
from encoded_clients
where loan_term_months is not null
order by SK_ID_CURR
