select id, body, previous_hash as "previousHash", hash
from decisions
where officer = $officer and json_extract(body, '$.request.key') = $key
