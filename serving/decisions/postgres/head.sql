select id, hash from sluice_decision_head
