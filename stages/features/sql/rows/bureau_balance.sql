-- Months of the loans at other lenders: 0 on time or closed or unknown, 1 (up to 30 days late) to 5 (written off).
select
  SK_ID_CURR,
  SK_ID_BUREAU,
  whole(MONTHS_BALANCE) as month,
  lateness(STATUS) as known_lateness,
  coalesce(known_lateness, 0) as lateness,
  STATUS = 'X' as unknown,
  STATUS = 'C' as closed
from bureau_balance
join (select SK_ID_CURR, SK_ID_BUREAU from bureau) using (SK_ID_BUREAU)
