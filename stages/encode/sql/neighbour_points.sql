-- Where the labelled clients stand, in no order that tells who they are.
select fold, TARGET, ext_1, ext_2, ext_3, loan_term_months as term
from encoded_clients
where fold is not null
order by all
