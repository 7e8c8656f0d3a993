WITH volumes AS (
  SELECT
    opened_date,
    COUNT(*) AS incidents
  FROM {{ref "fact_incidents"}}
  GROUP BY opened_date
),

counted AS (
  SELECT
    days.date_day,
    COALESCE(volumes.incidents, 0) AS incidents
  FROM {{ref "observed_days"}} AS days
  LEFT JOIN volumes ON days.date_day = volumes.opened_date
),

rolled AS (
  SELECT
    date_day,
    incidents,
    SUM(incidents) OVER (ORDER BY date_day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS incidents_to_date,
    SUM(incidents) OVER (ORDER BY date_day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS incidents_7_days,
    COUNT(*) OVER (ORDER BY date_day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS days_in_window
  FROM counted
)

SELECT
  date_day,
  incidents,
  incidents_to_date,
  incidents_7_days,
  days_in_window,
  -- An average of fewer than seven days would follow the weekdays that it happens to hold.
  CASE WHEN days_in_window = 7 THEN CAST(incidents_7_days / 7 AS DECIMAL(12, 6)) END AS average_7_days
FROM rolled
