select client, "table" as name, count(*)::integer as rows
from read_parquet($rejects)
group by all
order by all
