-- Full years, in bands; 62 and over is a protected class in US credit law. The bands are those of stages/evaluate.
case
  when DAYS_BIRTH is null then null
  when -DAYS_BIRTH < 25 * 365.25 then '24 and under'
  when -DAYS_BIRTH < 35 * 365.25 then '25 to 34'
  when -DAYS_BIRTH < 45 * 365.25 then '35 to 44'
  when -DAYS_BIRTH < 55 * 365.25 then '45 to 54'
  when -DAYS_BIRTH < 62 * 365.25 then '55 to 61'
  else '62 and over'
end
