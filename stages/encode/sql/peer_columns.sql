-- How far each client is from the median of the peers; null where fewer than 30 development clients are like that.
create or replace temp table fitted_peer_groups as
select
  SK_ID_CURR,
  peer_keys.ext_mean - peers_age.ext_mean as peers_age_ext_diff,
  peer_keys.income - peers_age.income as peers_age_income_diff,
  peer_keys.loan_term_months - peers_age.loan_term_months as peers_age_term_diff,
  peer_keys.loan_credit - peers_age.loan_credit as peers_age_credit_diff,
  peer_keys.loan_annuity - peers_age.loan_annuity as peers_age_annuity_diff,
  peer_keys.ext_mean - peers_sex.ext_mean as peers_sex_ext_diff,
  peer_keys.income - peers_sex.income as peers_sex_income_diff,
  peer_keys.loan_term_months - peers_sex.loan_term_months as peers_sex_term_diff,
  peer_keys.loan_credit - peers_sex.loan_credit as peers_sex_credit_diff,
  peer_keys.loan_annuity - peers_sex.loan_annuity as peers_sex_annuity_diff,
  peer_keys.ext_mean - peers_term.ext_mean as peers_term_ext_diff,
  peer_keys.income - peers_term.income as peers_term_income_diff,
  peer_keys.loan_term_months - peers_term.loan_term_months as peers_term_term_diff,
  peer_keys.loan_credit - peers_term.loan_credit as peers_term_credit_diff,
  peer_keys.loan_annuity - peers_term.loan_annuity as peers_term_annuity_diff,
  peer_keys.ext_mean - peers_occupation.ext_mean as peers_occupation_ext_diff,
  peer_keys.income - peers_occupation.income as peers_occupation_income_diff,
  peer_keys.loan_term_months - peers_occupation.loan_term_months as peers_occupation_term_diff,
  peer_keys.loan_credit - peers_occupation.loan_credit as peers_occupation_credit_diff,
  peer_keys.loan_annuity - peers_occupation.loan_annuity as peers_occupation_annuity_diff,
  peer_keys.ext_mean - peers_organisation.ext_mean as peers_organisation_ext_diff,
  peer_keys.income - peers_organisation.income as peers_organisation_income_diff,
  peer_keys.loan_term_months - peers_organisation.loan_term_months as peers_organisation_term_diff,
  peer_keys.loan_credit - peers_organisation.loan_credit as peers_organisation_credit_diff,
  peer_keys.loan_annuity - peers_organisation.loan_annuity as peers_organisation_annuity_diff,
  peer_keys.ext_mean - peers_region.ext_mean as peers_region_ext_diff,
  peer_keys.income - peers_region.income as peers_region_income_diff,
  peer_keys.loan_term_months - peers_region.loan_term_months as peers_region_term_diff,
  peer_keys.loan_credit - peers_region.loan_credit as peers_region_credit_diff,
  peer_keys.loan_annuity - peers_region.loan_annuity as peers_region_annuity_diff
from peer_keys
left join peer_medians peers_age on peers_age.peer = 'age_group' and peers_age.name = peer_keys.age_group
left join peer_medians peers_sex on peers_sex.peer = 'sex_group' and peers_sex.name = peer_keys.sex_group
left join peer_medians peers_term on peers_term.peer = 'term_group' and peers_term.name = peer_keys.term_group
left join peer_medians peers_occupation on peers_occupation.peer = 'occupation' and peers_occupation.name = peer_keys.occupation
left join peer_medians peers_organisation on peers_organisation.peer = 'organisation' and peers_organisation.name = peer_keys.organisation
left join peer_medians peers_region on peers_region.peer = 'region' and peers_region.name = peer_keys.region
