-- For plans that are interpreted, beside those of kept_plans.sql. Of joins with a table that has rows, the two last are not written down whole.
set disabled_optimizers = 'statistics_propagation,compressed_materialization,join_filter_pushdown,in_clause,build_side_probe_side,unused_columns'
