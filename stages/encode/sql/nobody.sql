-- For applicants: nobody is in a fold.
create or replace table development (
  SK_ID_CURR integer, TARGET tinyint, fold tinyint, ext_1 float, ext_2 float, ext_3 float, ext_mean float, income float,
  loan_term_months float, loan_credit float, loan_annuity float
)
