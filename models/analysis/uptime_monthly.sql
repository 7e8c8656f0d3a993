-- Rates of the sums: an average of daily rates would let a Sunday of one service hour weigh as much as a day of 24.
WITH monthly AS (
  SELECT
    system_code,
    month_start_date,
    SUM(service_minutes) AS service_minutes,
    SUM(down_minutes) AS down_minutes,
    SUM(clock_minutes) AS clock_minutes,
    SUM(outage_minutes) AS outage_minutes,
    SUM(outages_started) AS outages_started
  FROM {{ref "uptime_daily"}}
  GROUP BY system_code, month_start_date
)

SELECT
  system_code,
  month_start_date,
  service_minutes,
  down_minutes,
  CAST(100 * (service_minutes - down_minutes) / NULLIF(service_minutes, 0) AS DECIMAL(9, 6)) AS uptime_percent,
  clock_minutes,
  outage_minutes,
  CAST(100 * (clock_minutes - outage_minutes) / NULLIF(clock_minutes, 0) AS DECIMAL(9, 6)) AS availability_percent,
  outages_started
FROM monthly
