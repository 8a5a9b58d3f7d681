select b.newest::double as newest
from predictions h
left join (select SK_ID_CURR, max(SK_ID_BUREAU) as newest from bureau group by SK_ID_CURR) b on b.SK_ID_CURR = h.SK_ID_CURR
order by h.SK_ID_CURR
