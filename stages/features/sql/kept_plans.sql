-- For plans that are kept. None of these optimizers changes a value. The first two plan by the rows that are there, yet a kept plan meets
-- others; the third keeps in the plan what it learnt of the rows of one run, and with two threads the next one has read by it; the last
-- makes joins of lists, which a few rows never earn back.
set disabled_optimizers = 'statistics_propagation,compressed_materialization,join_filter_pushdown,in_clause';
-- What planning took of memory goes back to the system within seconds, without waiting for DuckDB's next work.
set allocator_background_threads = true
