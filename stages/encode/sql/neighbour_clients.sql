select SK_ID_CURR, fold, ext_1, ext_2, ext_3, loan_term_months as term
from encoded_clients
order by SK_ID_CURR
