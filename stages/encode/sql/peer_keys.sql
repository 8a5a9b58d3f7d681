-- The peers of each client: one key a kind of group. Age and term fall into the bins of the published solutions.
create or replace temp view peer_keys as
with bins as (
  select
    *,
    case when age <= 27 then 1 when age <= 40 then 2 when age <= 50 then 3 when age <= 65 then 4 when age > 65 then 5 else 0 end as age_bin,
    case
      when loan_term_months <= 6 then 1 when loan_term_months <= 12 then 2 when loan_term_months <= 18 then 3
      when loan_term_months <= 24 then 4 when loan_term_months <= 30 then 5 when loan_term_months <= 36 then 6
      when loan_term_months > 36 then 7 else 0
    end as term_bin
  from encoded_clients
)
select
  SK_ID_CURR,
  fold,
  ext_mean,
  income,
  loan_term_months,
  loan_credit,
  loan_annuity,
  concat_ws('|', education, occupation, age_bin) as age_group,
  concat_ws('|', sex, education, occupation, coalesce(works_elsewhere, -1)) as sex_group,
  concat_ws('|', term_bin, income_type, education) as term_group,
  occupation,
  organisation,
  coalesce(region::varchar, '?') as region
from bins
