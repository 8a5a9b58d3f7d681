-- Every variant as an applicant of its own: the client's form with another loan. The variant's number stands for SK_ID_CURR.
create or replace temp view application as
  select
    variants.variant as SK_ID_CURR,
    client_application.* exclude (SK_ID_CURR)
      replace (variants.AMT_CREDIT as AMT_CREDIT, variants.AMT_ANNUITY as AMT_ANNUITY, variants.AMT_GOODS_PRICE as AMT_GOODS_PRICE)
  from variants
  join client_application using (SK_ID_CURR)
