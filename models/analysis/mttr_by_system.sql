WITH resolved AS (
  SELECT
    dates.month_start_date,
    tickets.system_code,
    tickets.resolution_hours,
    ROW_NUMBER() OVER (
      PARTITION BY dates.month_start_date, tickets.system_code
      ORDER BY tickets.resolution_hours
    ) AS place,
    COUNT(*) OVER (PARTITION BY dates.month_start_date, tickets.system_code) AS places
  FROM {{ref "fact_tickets"}} AS tickets
  INNER JOIN {{ref "dim_dates"}} AS dates ON tickets.closed_date = dates.date_day
)

SELECT
  month_start_date,
  system_code,
  COUNT(*) AS resolved,
  SUM(resolution_hours) AS total_hours,
  CAST(AVG(resolution_hours) AS DECIMAL(12, 4)) AS mean_hours,
  {{median "resolution_hours" "place" "places"}} AS median_hours,
  {{percentile "resolution_hours" 0.9 "place" "places"}} AS p90_hours
FROM resolved
GROUP BY month_start_date, system_code
