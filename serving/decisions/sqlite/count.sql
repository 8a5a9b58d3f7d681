select count(*) as total, count(*) filter (where override = 1) as overrides, count(*) filter (where decision = 'refuse') as refused
from decisions
where ($officer is null or officer = $officer)
  and ($applicantId is null or applicant_id = $applicantId)
  and ($override is null or override = $override)
