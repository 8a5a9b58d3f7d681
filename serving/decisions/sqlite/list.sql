select id, body, previous_hash as "previousHash", hash
from decisions
where ($officer is null or officer = $officer)
  and ($applicantId is null or applicant_id = $applicantId)
  and ($override is null or override = $override)
  and ($before is null or id < $before)
order by id desc
limit $limit
