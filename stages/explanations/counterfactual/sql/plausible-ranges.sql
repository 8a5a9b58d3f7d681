-- The middle 98 of 100 of what is asked for, by kind of contract.
select
  coalesce(NAME_CONTRACT_TYPE, '') as contract,
  count(*) as applications,
  quantile_cont(AMT_CREDIT, 0.01) filter (where AMT_CREDIT > 0) as credit_lo,
  quantile_cont(AMT_CREDIT, 0.99) filter (where AMT_CREDIT > 0) as credit_hi,
  quantile_cont(AMT_ANNUITY, 0.01) filter (where AMT_ANNUITY > 0) as annuity_lo,
  quantile_cont(AMT_ANNUITY, 0.99) filter (where AMT_ANNUITY > 0) as annuity_hi,
  quantile_cont(AMT_CREDIT / AMT_ANNUITY, 0.01) filter (where AMT_CREDIT > 0 and AMT_ANNUITY > 0) as term_lo,
  quantile_cont(AMT_CREDIT / AMT_ANNUITY, 0.99) filter (where AMT_CREDIT > 0 and AMT_ANNUITY > 0) as term_hi,
  quantile_cont(AMT_CREDIT / AMT_GOODS_PRICE, 0.01) filter (where AMT_CREDIT > 0 and AMT_GOODS_PRICE > 0) as credit_to_goods_lo,
  quantile_cont(AMT_CREDIT / AMT_GOODS_PRICE, 0.99) filter (where AMT_CREDIT > 0 and AMT_GOODS_PRICE > 0) as credit_to_goods_hi
from book
group by 1
order by 1
