-- The applicants behind the scores of either part, as ingested: what they are grouped by.
create or replace view segment_reference as
select h.SK_ID_CURR, a.* exclude (SK_ID_CURR) from holdout_features h left join ingested_reference a on a.SK_ID_CURR = h.SK_ID_CURR;
create or replace view segment_current as
select c.SK_ID_CURR, a.* exclude (SK_ID_CURR) from current_features c left join ingested_current a on a.SK_ID_CURR = c.SK_ID_CURR;
