select a.AMT_CREDIT::double as amount, a.AMT_ANNUITY::double as annuity
from predictions h
left join applications a on a.SK_ID_CURR = h.SK_ID_CURR
order by h.SK_ID_CURR
