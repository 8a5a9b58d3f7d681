select client, "table" as name, count(*)::integer as rows
from read_parquet($rejects)
where client is not null
group by all
order by all
