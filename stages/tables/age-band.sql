-- Full years in bands, of DAYS_BIRTH; 62 and over is a protected class in US credit law.
create or replace temp macro age_band(days) as
  case
    when days is null then null
    when -days < 25 * 365.25 then '24 and under'
    when -days < 35 * 365.25 then '25 to 34'
    when -days < 45 * 365.25 then '35 to 44'
    when -days < 55 * 365.25 then '45 to 54'
    when -days < 62 * 365.25 then '55 to 61'
    else '62 and over'
  end
