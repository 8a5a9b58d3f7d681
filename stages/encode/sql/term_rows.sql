-- Earlier loans of development clients whose number of instalments is known.
select credit::float as credit, annuity::float as annuity, term::float as term, payments::float as payments
from previous_rows
join (select SK_ID_CURR from encoded_clients where fold is not null) using (SK_ID_CURR)
where approved and payments > 0 and term is not null
order by SK_ID_CURR, recency
