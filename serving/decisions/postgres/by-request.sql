select id, body, previous_hash as "previousHash", hash
from sluice_decisions
where officer = $1 and body::json #>> '{request,key}' = $2
