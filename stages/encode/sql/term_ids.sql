select SK_ID_CURR from encoded_clients where loan_term_months is not null order by SK_ID_CURR
