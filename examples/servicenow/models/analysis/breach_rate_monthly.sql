-- Incidents are counted in the month in which they are closed: until then the log may still turn made_sla to false.
WITH closed_incidents AS (
  SELECT
    days.month_start_date,
    priorities.priority_name,
    COUNT(*) AS closed,
    SUM(incidents.is_sla_breached) AS breached
  FROM {{ref "fact_incidents"}} AS incidents
  INNER JOIN {{ref "observed_days"}} AS days ON incidents.closed_date = days.date_day
  INNER JOIN {{ref "dim_priorities"}} AS priorities ON incidents.priority_code = priorities.priority_code
  GROUP BY days.month_start_date, priorities.priority_name
),

with_total AS (
  SELECT
    month_start_date,
    priority_name,
    closed,
    breached
  FROM closed_incidents
  UNION ALL
  SELECT
    month_start_date,
    'All',
    SUM(closed),
    SUM(breached)
  FROM closed_incidents
  GROUP BY month_start_date
)

SELECT
  month_start_date,
  priority_name,
  closed,
  breached,
  CAST(100 * breached / NULLIF(closed, 0) AS DECIMAL(9, 6)) AS breach_percent
FROM with_total
