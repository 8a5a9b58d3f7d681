-- The rows of the clients picked: the rest of a large book is never read into memory.
create or replace temp view explained as
  select holdout.* from holdout join picked_holdout using (SK_ID_CURR);
create or replace temp view reference_rows as
  select development.* from development join picked_reference using (SK_ID_CURR)
