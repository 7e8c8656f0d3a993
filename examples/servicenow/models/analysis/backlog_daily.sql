-- An incident changes the backlog on the day it is opened, on the day it is resolved and on the day it is closed. Those changes are summed
-- up from the first day on. Where the time of resolution is lost, the incident was resolved when it was closed, at the latest.
WITH changes AS (
  SELECT
    opened_date AS date_day,
    1 AS opened,
    0 AS resolved,
    0 AS closed
  FROM {{ref "fact_incidents"}}
  UNION ALL
  SELECT
    COALESCE(resolved_date, closed_date),
    0,
    1,
    0
  FROM {{ref "fact_incidents"}}
  WHERE resolved_date IS NOT NULL OR closed_date IS NOT NULL
  UNION ALL
  SELECT
    closed_date,
    0,
    0,
    1
  FROM {{ref "fact_incidents"}}
  WHERE closed_date IS NOT NULL
),

days_changes AS (
  SELECT
    date_day,
    SUM(opened) AS opened,
    SUM(resolved) AS resolved,
    SUM(closed) AS closed
  FROM changes
  GROUP BY date_day
),

daily AS (
  SELECT
    days.date_day,
    COALESCE(days_changes.opened, 0) AS opened,
    COALESCE(days_changes.resolved, 0) AS resolved,
    COALESCE(days_changes.closed, 0) AS closed
  FROM {{ref "observed_days"}} AS days
  LEFT JOIN days_changes ON days.date_day = days_changes.date_day
)

SELECT
  date_day,
  opened,
  resolved,
  closed,
  SUM(opened - resolved) OVER (ORDER BY date_day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS unresolved_at_end,
  SUM(opened - closed) OVER (ORDER BY date_day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS open_at_end
FROM daily
