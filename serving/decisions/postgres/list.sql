select id, body, previous_hash as "previousHash", hash
from sluice_decisions
where ($1::text is null or officer = $1)
  and ($2::bigint is null or applicant_id = $2)
  and ($3::boolean is null or override = $3)
  and ($4::bigint is null or id < $4)
order by id desc
limit $5
