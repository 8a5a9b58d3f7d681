select id, hash, time from sluice_decision_head for update
