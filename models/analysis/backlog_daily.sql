-- A ticket changes the backlog on the day it is opened, on the day its limit runs out and on the day it is closed. Those changes are summed
-- up from the first day on, so that each ticket is read once and not once for each day of its life.
WITH changes AS (
  SELECT
    created_date AS date_day,
    1 AS opened,
    0 AS closed,
    0 AS overdue
  FROM {{ref "fact_tickets"}}
  UNION ALL
  SELECT
    closed_date,
    0,
    1,
    CASE WHEN closed_at > due_at THEN -1 ELSE 0 END
  FROM {{ref "fact_tickets"}}
  WHERE closed_at IS NOT NULL
  UNION ALL
  SELECT
    DATE(due_at),
    0,
    0,
    1
  FROM {{ref "fact_tickets"}}
  WHERE due_at < {{as_of}} AND (closed_at IS NULL OR closed_at > due_at)
),

days_changes AS (
  SELECT
    date_day,
    SUM(opened) AS opened,
    SUM(closed) AS closed,
    SUM(overdue) AS overdue
  FROM changes
  GROUP BY date_day
),

daily AS (
  SELECT
    days.date_day,
    days.is_complete,
    COALESCE(days_changes.opened, 0) AS opened,
    COALESCE(days_changes.closed, 0) AS closed,
    COALESCE(days_changes.overdue, 0) AS overdue
  FROM {{ref "observed_days"}} AS days
  LEFT JOIN days_changes ON days.date_day = days_changes.date_day
)

SELECT
  date_day,
  is_complete,
  opened,
  closed,
  opened - closed AS net_change,
  SUM(opened - closed) OVER (ORDER BY date_day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS open_at_end,
  SUM(overdue) OVER (ORDER BY date_day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS overdue_at_end
FROM daily
