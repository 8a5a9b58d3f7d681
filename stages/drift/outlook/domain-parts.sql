create or replace view domain_reference as
select * from development_rows where SK_ID_CURR in (select SK_ID_CURR from labelled_rows);
