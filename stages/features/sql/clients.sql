-- All clients, labelled or not; TARGET is null for application_test. No feature file names TARGET but to leave it out.
create or replace view application as
select *, 'train' as part from application_train
union all by name
select *, 'test' as part from application_test
