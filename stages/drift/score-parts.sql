-- The holdout (fold -1): labelled clients that the model was not fitted to, hence scored as unseen ones are; and the unlabelled part.
create or replace view holdout_features as
select * from feature_rows where SK_ID_CURR in (select SK_ID_CURR from fold_rows where fold = -1);
create or replace view current_features as
select * from feature_rows where part = 'test';
