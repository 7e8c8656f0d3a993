-- What was left, plus what came, less what went.
WITH days AS (
  SELECT
    backlog.*,
    LAG(open_at_end) OVER (ORDER BY date_day) AS open_before,
    LAG(unresolved_at_end) OVER (ORDER BY date_day) AS unresolved_before
  FROM {{ref "backlog_daily"}} AS backlog
)

SELECT date_day, open_at_end, unresolved_at_end
FROM days
WHERE open_at_end <> COALESCE(open_before, 0) + opened - closed
  OR unresolved_at_end <> COALESCE(unresolved_before, 0) + opened - resolved
