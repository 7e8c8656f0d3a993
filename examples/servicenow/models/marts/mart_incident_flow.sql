-- Opened and resolved lie on two dates of an incident, so they share an axis only here: one row per day, priority and flow, quiet days included.
-- Unresolved is what is left when the day ends: it adds up over priorities, never over days. Where the time of resolution is lost, the
-- incident was resolved when it was closed, at the latest.
WITH moves AS (
  SELECT opened_date AS flow_date, priority_code, 1 AS opened, 0 AS resolved
  FROM {{ref "fact_incidents"}}
  UNION ALL
  SELECT COALESCE(resolved_date, closed_date), priority_code, 0, 1
  FROM {{ref "fact_incidents"}}
  WHERE resolved_date IS NOT NULL OR closed_date IS NOT NULL
),

counted AS (
  SELECT
    flow_date,
    priority_code,
    SUM(opened) AS opened,
    SUM(resolved) AS resolved
  FROM moves
  GROUP BY flow_date, priority_code
),

dense AS (
  SELECT
    days.date_day AS flow_date,
    priorities.priority_name AS priority,
    COALESCE(counted.opened, 0) AS opened,
    COALESCE(counted.resolved, 0) AS resolved
  FROM {{ref "observed_days"}} AS days
  CROSS JOIN {{ref "dim_priorities"}} AS priorities
  LEFT JOIN counted ON days.date_day = counted.flow_date AND priorities.priority_code = counted.priority_code
),

flows AS (
  SELECT
    flow_date,
    priority,
    opened,
    resolved,
    SUM(opened - resolved) OVER (
      PARTITION BY priority
      ORDER BY flow_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS unresolved
  FROM dense
)

SELECT flow_date, priority, 'Opened' AS flow, opened AS incidents FROM flows
UNION ALL
SELECT flow_date, priority, 'Resolved' AS flow, resolved AS incidents FROM flows
UNION ALL
SELECT flow_date, priority, 'Unresolved' AS flow, unresolved AS incidents FROM flows
