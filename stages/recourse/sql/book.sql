-- Development clients only: what is usual is read off the book that the model was made on.
create or replace temp view book as
  select application_train.*
  from all_application_train application_train
  semi join development using (SK_ID_CURR)
