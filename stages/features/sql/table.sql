-- Keys and all features, one row per client, in the order of SK_ID_CURR.
with joined as (
  select clients.SK_ID_CURR, clients.TARGET, clients.part, * exclude (SK_ID_CURR, TARGET, part)
  from (select SK_ID_CURR, TARGET, part from application) clients
  join application_features using (SK_ID_CURR)
  left join bureau_features using (SK_ID_CURR)
  left join bureau_balance_features using (SK_ID_CURR)
  left join previous_application_features using (SK_ID_CURR)
  left join pos_cash_features using (SK_ID_CURR)
  left join installments_features using (SK_ID_CURR)
  left join credit_card_features using (SK_ID_CURR)
  left join combined_features using (SK_ID_CURR)
)
select SK_ID_CURR, TARGET, part, feature(columns(* exclude (SK_ID_CURR, TARGET, part)))
from joined
order by SK_ID_CURR
