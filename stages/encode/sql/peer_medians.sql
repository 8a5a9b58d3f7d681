-- Medians of each group of development clients. A median does not depend on the order of rows.
create or replace temp table peer_medians as
select
  peer,
  name,
  count(*) as clients,
  quantile_cont(columns(['ext_mean', 'income', 'loan_term_months', 'loan_credit', 'loan_annuity'])::double, 0.5)
from (
  unpivot (select * from peer_keys where fold is not null)
  on age_group, sex_group, term_group, occupation, organisation, region
  into name peer value name
)
group by peer, name
having count(*) >= 30
order by peer, name
