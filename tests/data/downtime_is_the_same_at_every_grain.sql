-- Outages, days and months hold the same seconds of each system, and as many outages. (A ten-thousandth of a minute is less than a second:
-- rounded one by one, the seconds come back.)
WITH intervals AS (
  SELECT
    system_code,
    SUM(ROUND(60 * outage_minutes, 0)) AS seconds,
    COUNT(*) AS outages
  FROM {{ref "outage_intervals"}}
  GROUP BY system_code
),

daily AS (
  SELECT
    system_code,
    SUM(ROUND(60 * outage_minutes, 0)) AS seconds,
    SUM(outages_started) AS outages,
    SUM(outage_minutes) AS outage_minutes,
    SUM(down_minutes) AS down_minutes,
    SUM(service_minutes) AS service_minutes
  FROM {{ref "uptime_daily"}}
  GROUP BY system_code
),

monthly AS (
  SELECT
    system_code,
    SUM(outages_started) AS outages,
    SUM(outage_minutes) AS outage_minutes,
    SUM(down_minutes) AS down_minutes,
    SUM(service_minutes) AS service_minutes
  FROM {{ref "uptime_monthly"}}
  GROUP BY system_code
)

SELECT daily.system_code, intervals.seconds AS interval_seconds, daily.seconds AS daily_seconds
FROM daily
INNER JOIN monthly ON daily.system_code = monthly.system_code
LEFT JOIN intervals ON daily.system_code = intervals.system_code
WHERE daily.seconds <> COALESCE(intervals.seconds, 0)
  OR daily.outages <> COALESCE(intervals.outages, 0)
  OR daily.outages <> monthly.outages
  OR daily.outage_minutes <> monthly.outage_minutes
  OR daily.down_minutes <> monthly.down_minutes
  OR daily.service_minutes <> monthly.service_minutes
