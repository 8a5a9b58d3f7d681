select tgname as name from pg_trigger where not tgisinternal and tgenabled in ('O', 'A')
and tgrelid in ('sluice_decisions'::regclass, 'sluice_decision_head'::regclass)
