-- One row per system and day, days without tickets included. Rates over it are sums divided by sums: a mean of daily percentages is wrong.
WITH counted AS (
  SELECT
    created_date,
    system_code,
    COUNT(*) AS incidents,
    SUM(CASE WHEN priority = 'Critical' THEN 1 ELSE 0 END) AS critical_incidents,
    SUM(1 - is_open) AS resolved_incidents,
    SUM(sla_breached) AS sla_breached
  FROM {{ref "fact_tickets"}}
  GROUP BY created_date, system_code
)

SELECT
  uptime.date_day AS service_date,
  systems.system_name,
  systems.system_group,
  systems.criticality,
  uptime.service_minutes,
  uptime.down_minutes,
  uptime.outages_started,
  COALESCE(counted.incidents, 0) AS incidents,
  COALESCE(counted.critical_incidents, 0) AS critical_incidents,
  COALESCE(counted.resolved_incidents, 0) AS resolved_incidents,
  COALESCE(counted.sla_breached, 0) AS sla_breached
FROM {{ref "uptime_daily"}} AS uptime
INNER JOIN {{ref "dim_systems"}} AS systems ON uptime.system_code = systems.system_code
LEFT JOIN counted ON uptime.date_day = counted.created_date AND uptime.system_code = counted.system_code
