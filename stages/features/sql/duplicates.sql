select SK_ID_CURR as client, count(*) as rows, count(*) over () as clients
from (select SK_ID_CURR from application_train union all select SK_ID_CURR from application_test)
group by SK_ID_CURR
having count(*) > 1
order by client
limit 1
