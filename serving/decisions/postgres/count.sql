select count(*) as total, count(*) filter (where override) as overrides, count(*) filter (where decision = 'refuse') as refused
from sluice_decisions
where ($1::text is null or officer = $1)
  and ($2::bigint is null or applicant_id = $2)
  and ($3::boolean is null or override = $3)
