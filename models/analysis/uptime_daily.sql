-- Service begins and ends as agreed with each system, but not after `as_of`.
WITH agreed AS (
  SELECT
    systems.system_code,
    days.date_day,
    days.month_start_date,
    days.observed_seconds,
    CAST(days.date_day AS DATETIME) AS day_start,
    LEAST({{as_of}}, CAST(DATE_ADD(days.date_day, INTERVAL 1 DAY) AS DATETIME)) AS day_end,
    CASE WHEN WEEKDAY(days.date_day) < systems.service_days_per_week THEN 1 ELSE 0 END AS is_service_day,
    LEAST({{as_of}}, TIMESTAMPADD(HOUR, systems.service_start_hour, CAST(days.date_day AS DATETIME))) AS service_start,
    LEAST({{as_of}}, TIMESTAMPADD(HOUR, systems.service_end_hour, CAST(days.date_day AS DATETIME))) AS service_end
  FROM {{ref "dim_systems"}} AS systems
  CROSS JOIN {{ref "observed_days"}} AS days
),

-- The part of each outage that lies in each day that it touches.
pieces AS (
  SELECT
    agreed.system_code,
    agreed.date_day,
    CASE WHEN agreed.date_day = outages.started_date THEN 1 ELSE 0 END AS is_start,
    {{overlap_seconds "outages.started_at" "outages.ended_at" "agreed.day_start" "agreed.day_end"}} AS outage_seconds,
    agreed.is_service_day
      * {{overlap_seconds "outages.started_at" "outages.ended_at" "agreed.service_start" "agreed.service_end"}}
      AS down_seconds
  FROM agreed
  INNER JOIN {{ref "outage_intervals"}} AS outages
    ON agreed.system_code = outages.system_code
    AND agreed.date_day >= outages.started_date
    AND agreed.date_day <= outages.ended_date
),

outages_daily AS (
  SELECT
    system_code,
    date_day,
    SUM(is_start) AS outages_started,
    SUM(outage_seconds) AS outage_seconds,
    SUM(down_seconds) AS down_seconds
  FROM pieces
  GROUP BY system_code, date_day
)

SELECT
  agreed.system_code,
  agreed.date_day,
  agreed.month_start_date,
  {{minutes "agreed.is_service_day * TIMESTAMPDIFF(SECOND, agreed.service_start, agreed.service_end)"}} AS service_minutes,
  {{minutes "COALESCE(outages_daily.down_seconds, 0)"}} AS down_minutes,
  {{minutes "agreed.observed_seconds"}} AS clock_minutes,
  {{minutes "COALESCE(outages_daily.outage_seconds, 0)"}} AS outage_minutes,
  COALESCE(outages_daily.outages_started, 0) AS outages_started
FROM agreed
LEFT JOIN outages_daily
  ON agreed.system_code = outages_daily.system_code
  AND agreed.date_day = outages_daily.date_day
