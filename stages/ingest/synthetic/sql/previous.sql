with core as (
  select *, kind = 'consumer' and not is_blank and u('prev.pay_down', loan_id) < 0.99 as asks_down,
    if(kind = 'consumer' and not is_blank and u('prev.pay_nothing', loan_id) < 0.43, 0,
      q('prev.down_payment_rate', z('prev.down.rate', loan_id))) as rate,
    status = 'Approved' and u('prev.dates', loan_id) < 0.965 as has_dates, u('prev.channel', loan_id) as u_channel,
      u('prev.goods', loan_id) as u_goods,
    u('prev.suite', loan_id) as u_suite, u('prev.client', loan_id) as u_client, u('prev.reject', loan_id) as u_reject,
      u('prev.pay_type', loan_id) as u_pay
  from previous_core where listed
)
select loan_id as SK_ID_PREV, id as SK_ID_CURR, contract_type as NAME_CONTRACT_TYPE,
  annuity as AMT_ANNUITY, application as AMT_APPLICATION, credit as AMT_CREDIT,
  if(asks_down, round(rate * application), if(kind = 'cash' and status = 'Approved' and u_down < 0.1, 0, null)) as AMT_DOWN_PAYMENT,
  if(is_blank or application = 0, null, application) as AMT_GOODS_PRICE,
  pick('prev.prev_weekday', u('prev.weekday', loan_id)) as WEEKDAY_APPR_PROCESS_START,
  least(23, greatest(0, round(q('prev.prev_hour', z('prev.hour', loan_id))))) as HOUR_APPR_PROCESS_START,
  if(u('prev.last', loan_id) < 0.0051, 'N', 'Y') as FLAG_LAST_APPL_PER_CONTRACT,
  u('prev.day', loan_id) >= 0.0035 as NFLAG_LAST_APPL_IN_DAY,
  if(AMT_DOWN_PAYMENT is null, null, if(AMT_DOWN_PAYMENT = 0, 0, round(rate * 1.0890, 6)).least(1)) as RATE_DOWN_PAYMENT,
  if(kind = 'consumer' and status = 'Approved' and u('prev.rate', loan_id) < 0.0097, 0.16 + 0.05 * u('prev.rate.primary', loan_id),
    null) as RATE_INTEREST_PRIMARY,
  if(RATE_INTEREST_PRIMARY is null, null, 0.6 + 0.26 * u('prev.rate.privileged', loan_id)) as RATE_INTEREST_PRIVILEGED,
  case when kind = 'cash' then if(product_type = 'walk-in', pick('prev.cash_purpose', u('prev.purpose', loan_id)), 'XNA')
    when kind = 'none' then 'XNA' else 'XAP' end as NAME_CASH_LOAN_PURPOSE,
  status as NAME_CONTRACT_STATUS, days as DAYS_DECISION,
  case when status = 'Canceled' then 'XNA' when kind = 'consumer' then pick('prev.consumer_payment_type', u_pay) when kind = 'cash'
    then pick('prev.cash_payment_type', u_pay)
    else pick('prev.card_payment_type', u_pay) end as NAME_PAYMENT_TYPE,
  case when status = 'Unused offer' then 'CLIENT' when status <> 'Refused' then 'XAP' when kind = 'consumer'
    then pick('prev.consumer_reject', u_reject)
    when kind = 'cash' then pick('prev.cash_reject', u_reject) when kind = 'card' then pick('prev.card_reject', u_reject) else 'XNA' end
      as CODE_REJECT_REASON,
  case kind when 'consumer' then pick('prev.consumer_suite', u_suite) when 'cash' then pick('prev.cash_suite', u_suite) when 'card'
    then pick('prev.card_suite', u_suite)
    end as NAME_TYPE_SUITE,
  case kind when 'consumer' then pick('prev.consumer_client', u_client) when 'cash' then pick('prev.cash_client', u_client) when 'card'
    then pick('prev.card_client', u_client)
    else 'XNA' end as NAME_CLIENT_TYPE,
  case family when 'mobile' then pick('prev.mobile_goods', u_goods) when 'household' then pick('prev.household_goods', u_goods)
    when 'industry' then pick('prev.industry_goods', u_goods) when 'others' then pick('prev.others_goods', u_goods) else 'XNA' end
      as NAME_GOODS_CATEGORY,
  portfolio as NAME_PORTFOLIO, product_type as NAME_PRODUCT_TYPE,
  case family when 'mobile' then pick('prev.mobile_channel', u_channel) when 'household' then pick('prev.household_channel', u_channel)
    when 'industry' then pick('prev.industry_channel', u_channel) when 'others' then pick('prev.others_channel', u_channel)
    when 'xsell' then pick('prev.xsell_channel', u_channel) when 'street' then pick('prev.street_channel', u_channel)
    when 'cards' then pick('prev.cards_channel', u_channel) else pick('prev.cash_channel', u_channel) end as CHANNEL_TYPE,
  if(kind = 'consumer' or (kind = 'card' and u('prev.place', loan_id) < 0.5), round(q('prev.seller_area', z('prev.area', loan_id))), -1)
    as SELLERPLACE_AREA,
  case family when 'mobile' then pick('prev.mobile_industry', u_goods) when 'household' then pick('prev.household_industry', u_goods)
    when 'industry' then pick('prev.industry_industry', u_goods) when 'others' then pick('prev.others_industry', u_goods)
    when 'cards' then pick('prev.cards_industry', u_goods) else 'XNA' end as NAME_SELLER_INDUSTRY,
  if(annuity is null, null, payments) as CNT_PAYMENT, yield_group as NAME_YIELD_GROUP, combination as PRODUCT_COMBINATION,
  case when not has_dates then null when is_card and u('prev.drawn', loan_id) < 0.61
    then least(-1, days + 20 + floor(u('prev.drawing', loan_id) * 60)) else 365243 end
    as DAYS_FIRST_DRAWING,
  case when not has_dates then null when is_card then if(DAYS_FIRST_DRAWING = 365243, 365243, least(-1, DAYS_FIRST_DRAWING + 30))
    when first_due > 0 then 365243 else first_due end as DAYS_FIRST_DUE,
  case when not has_dates then null when is_card then 365243 else first_due + 30 * (payments - 1) end as DAYS_LAST_DUE_1ST_VERSION,
  case when not has_dates then null when is_card or still_open then 365243 else least(-1, first_due + 30 * (paid_months - 1)) end
    as DAYS_LAST_DUE,
  case when not has_dates then null when DAYS_LAST_DUE = 365243 then 365243
    else least(-1, DAYS_LAST_DUE + 2 + floor(u('prev.closed', loan_id) * 10)) end as DAYS_TERMINATION,
  if(not has_dates, null, u('prev.insured', loan_id) < case kind when 'cash' then 0.70 when 'consumer' then 0.166
    else 0.005 end)::double as NFLAG_INSURED_ON_APPROVAL
from core
