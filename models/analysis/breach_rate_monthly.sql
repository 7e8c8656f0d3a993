-- Tickets are counted in the month in which they are resolved: then all of a month's are known, and none is still to come.
WITH changes AS (
  SELECT
    created_date AS date_day,
    priority,
    0 AS resolved,
    0 AS breached,
    1 AS open_change,
    0 AS overdue_change
  FROM {{ref "fact_tickets"}}
  UNION ALL
  SELECT
    closed_date,
    priority,
    1,
    sla_breached,
    -1,
    CASE WHEN closed_at > due_at THEN -1 ELSE 0 END
  FROM {{ref "fact_tickets"}}
  WHERE closed_at IS NOT NULL
  UNION ALL
  SELECT
    DATE(due_at),
    priority,
    0,
    0,
    0,
    1
  FROM {{ref "fact_tickets"}}
  WHERE due_at < {{as_of}} AND (closed_at IS NULL OR closed_at > due_at)
),

daily AS (
  SELECT
    date_day,
    priority,
    SUM(resolved) AS resolved,
    SUM(breached) AS breached,
    SUM(open_change) AS open_change,
    SUM(overdue_change) AS overdue_change
  FROM changes
  GROUP BY date_day, priority
),

monthly AS (
  SELECT
    days.month_start_date,
    daily.priority,
    SUM(daily.resolved) AS resolved,
    SUM(daily.breached) AS breached,
    SUM(daily.open_change) AS open_change,
    SUM(daily.overdue_change) AS overdue_change
  FROM daily
  INNER JOIN {{ref "observed_days"}} AS days ON daily.date_day = days.date_day
  GROUP BY days.month_start_date, daily.priority
),

-- Each priority and all together, in every month: one without tickets has a row of zeros.
grid AS (
  SELECT DISTINCT
    days.month_start_date,
    priorities.priority
  FROM {{ref "observed_days"}} AS days
  CROSS JOIN {{ref "dim_priorities"}} AS priorities
),

filled AS (
  SELECT
    grid.month_start_date,
    grid.priority,
    COALESCE(monthly.resolved, 0) AS resolved,
    COALESCE(monthly.breached, 0) AS breached,
    COALESCE(monthly.open_change, 0) AS open_change,
    COALESCE(monthly.overdue_change, 0) AS overdue_change
  FROM grid
  LEFT JOIN monthly ON grid.month_start_date = monthly.month_start_date AND grid.priority = monthly.priority
),

with_total AS (
  SELECT
    month_start_date,
    priority,
    resolved,
    breached,
    open_change,
    overdue_change
  FROM filled
  UNION ALL
  SELECT
    month_start_date,
    'All',
    SUM(resolved),
    SUM(breached),
    SUM(open_change),
    SUM(overdue_change)
  FROM filled
  GROUP BY month_start_date
)

SELECT
  month_start_date,
  priority,
  resolved,
  breached,
  CAST(100 * breached / NULLIF(resolved, 0) AS DECIMAL(9, 6)) AS breach_percent,
  SUM(open_change) OVER (
    PARTITION BY priority
    ORDER BY month_start_date
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS open_at_end,
  SUM(overdue_change) OVER (
    PARTITION BY priority
    ORDER BY month_start_date
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS overdue_at_end
FROM with_total
