WITH resolved AS (
  SELECT
    days.month_start_date,
    incidents.assignment_group,
    incidents.resolution_hours,
    ROW_NUMBER() OVER (
      PARTITION BY days.month_start_date, incidents.assignment_group
      ORDER BY incidents.resolution_hours
    ) AS place,
    COUNT(*) OVER (PARTITION BY days.month_start_date, incidents.assignment_group) AS places
  FROM {{ref "fact_incidents"}} AS incidents
  INNER JOIN {{ref "observed_days"}} AS days ON incidents.resolved_date = days.date_day
)

SELECT
  month_start_date,
  assignment_group,
  COUNT(*) AS resolved,
  SUM(resolution_hours) AS total_hours,
  CAST(AVG(resolution_hours) AS DECIMAL(12, 4)) AS mean_hours,
  {{median "resolution_hours" "place" "places"}} AS median_hours,
  {{percentile "resolution_hours" 0.9 "place" "places"}} AS p90_hours
FROM resolved
GROUP BY month_start_date, assignment_group
