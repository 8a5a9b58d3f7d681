select loan, min(client)::integer as client
from (
  select SK_ID_BUREAU as loan, SK_ID_CURR as client from read_parquet($bureau)
  union all
  from rejected_loans
)
semi join wanted_loans using (loan)
group by loan
having min(client) = max(client)
order by loan
