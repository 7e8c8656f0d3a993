-- One row per system and day, days without tickets included. Rates over it are sums divided by sums: a mean of daily percentages is wrong.
WITH limits AS (
  SELECT
    MIN(created_date) AS first_day,
    GREATEST(MAX(created_date), DATE(DATE_SUB({{as_of}}, INTERVAL 1 SECOND))) AS last_day
  FROM {{ref "fact_tickets"}}
),

counted AS (
  SELECT
    created_date,
    system_code,
    COUNT(*) AS incidents,
    SUM(CASE WHEN priority = 'Critical' THEN 1 ELSE 0 END) AS critical_incidents,
    SUM(CASE WHEN uptime_impact_minutes > 0 THEN 1 ELSE 0 END) AS outage_incidents,
    SUM(sla_breached) AS sla_breached,
    SUM(1 - is_open) AS resolved_incidents
  FROM {{ref "fact_tickets"}}
  GROUP BY created_date, system_code
)

SELECT
  dates.date_day AS service_date,
  systems.system_name,
  systems.system_group,
  systems.criticality,
  CASE
    WHEN dates.weekday_number < systems.service_days_per_week
      THEN 60 * (systems.service_end_hour - systems.service_start_hour)
    ELSE 0
  END AS service_minutes,
  COALESCE(counted.incidents, 0) AS incidents,
  COALESCE(counted.critical_incidents, 0) AS critical_incidents,
  COALESCE(counted.outage_incidents, 0) AS outage_incidents,
  COALESCE(counted.resolved_incidents, 0) AS resolved_incidents,
  COALESCE(counted.sla_breached, 0) AS sla_breached
FROM {{ref "dim_dates"}} AS dates
INNER JOIN limits ON dates.date_day BETWEEN limits.first_day AND limits.last_day
CROSS JOIN {{ref "dim_systems"}} AS systems
LEFT JOIN counted ON dates.date_day = counted.created_date AND systems.system_code = counted.system_code
