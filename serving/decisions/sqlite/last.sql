select head.id, head.hash, json_extract(decisions.body, '$.time') as time
from decision_head head
left join decisions on decisions.id = head.id
