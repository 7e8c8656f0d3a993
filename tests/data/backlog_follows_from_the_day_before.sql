-- What was left, plus what came, less what went; and at the end, what the facts say is open and overdue.
WITH days AS (
  SELECT
    backlog.*,
    LAG(open_at_end) OVER (ORDER BY date_day) AS left_before,
    ROW_NUMBER() OVER (ORDER BY date_day DESC) AS days_from_end
  FROM {{ref "backlog_daily"}} AS backlog
),

facts AS (
  SELECT
    COUNT(*) AS opened,
    COUNT(closed_at) AS closed,
    SUM(is_open) AS is_open,
    SUM(is_overdue) AS is_overdue
  FROM {{ref "fact_tickets"}}
)

SELECT 'a day' AS what, date_day, open_at_end
FROM days
WHERE open_at_end <> COALESCE(left_before, 0) + opened - closed
UNION ALL
SELECT 'the end' AS what, days.date_day, days.open_at_end
FROM days
CROSS JOIN facts
WHERE days.days_from_end = 1
  AND (days.open_at_end <> facts.is_open OR days.overdue_at_end <> facts.is_overdue)
UNION ALL
SELECT 'the sums' AS what, NULL, totals.opened
FROM (SELECT SUM(opened) AS opened, SUM(closed) AS closed FROM days) AS totals
CROSS JOIN facts
WHERE totals.opened <> facts.opened OR totals.closed <> facts.closed
