-- What the analyses count, added up, is what the facts hold.
WITH facts AS (
  SELECT
    COUNT(*) AS incidents,
    COUNT(closed_date) AS closed,
    COUNT(resolution_hours) AS resolved,
    COALESCE(SUM(resolution_hours), 0) AS hours,
    COUNT(first_response_minutes) AS answered,
    SUM(is_repeat_incident) AS repeats
  FROM {{ref "fact_incidents"}}
),

breached AS (
  SELECT COALESCE(SUM(is_sla_breached), 0) AS breached
  FROM {{ref "fact_incidents"}}
  WHERE closed_date IS NOT NULL
),

counted AS (
  SELECT
    (SELECT SUM(incidents) FROM {{ref "incident_volume_daily"}}) AS volume,
    (SELECT SUM(opened) FROM {{ref "backlog_daily"}}) AS opened,
    (SELECT SUM(closed) FROM {{ref "backlog_daily"}}) AS closed,
    (SELECT COUNT(*) FROM {{ref "repeat_incidents"}}) AS repeats,
    (SELECT SUM(resolved) FROM {{ref "mttr_by_group"}}) AS resolved,
    (SELECT SUM(total_hours) FROM {{ref "mttr_by_group"}}) AS hours,
    (SELECT SUM(closed) FROM {{ref "breach_rate_monthly"}} WHERE priority_name = 'All') AS closed_by_month,
    (SELECT SUM(breached) FROM {{ref "breach_rate_monthly"}} WHERE priority_name <> 'All') AS breached,
    (SELECT SUM(answered) FROM {{ref "first_response_monthly"}} WHERE priority_name = 'All') AS answered,
    (SELECT SUM(incidents) FROM {{ref "first_response_monthly"}} WHERE priority_name <> 'All') AS asked
)

SELECT counted.volume, counted.opened, counted.closed, counted.repeats, counted.resolved, counted.breached
FROM counted
CROSS JOIN facts
CROSS JOIN breached
WHERE counted.volume <> facts.incidents
  OR counted.opened <> facts.incidents
  OR counted.closed <> facts.closed
  OR counted.repeats <> facts.repeats
  OR counted.resolved <> facts.resolved
  OR counted.hours <> facts.hours
  OR counted.closed_by_month <> facts.closed
  OR counted.breached <> breached.breached
  OR counted.answered <> facts.answered
  OR counted.asked <> facts.incidents
