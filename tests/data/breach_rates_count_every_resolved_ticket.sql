-- All is the sum of the priorities, over all months it is the facts', and its last month ends as the facts do.
WITH monthly AS (
  SELECT
    month_start_date,
    SUM(CASE WHEN priority = 'All' THEN resolved ELSE -resolved END) AS resolved_difference,
    SUM(CASE WHEN priority = 'All' THEN breached ELSE -breached END) AS breached_difference,
    SUM(CASE WHEN priority = 'All' THEN open_at_end ELSE -open_at_end END) AS open_difference,
    SUM(CASE WHEN priority = 'All' THEN overdue_at_end ELSE -overdue_at_end END) AS overdue_difference
  FROM {{ref "breach_rate_monthly"}}
  GROUP BY month_start_date
),

totals AS (
  SELECT
    SUM(resolved) AS resolved,
    SUM(breached) AS breached,
    SUM(CASE WHEN month_start_date = last_month THEN open_at_end ELSE 0 END) AS open_at_end,
    SUM(CASE WHEN month_start_date = last_month THEN overdue_at_end ELSE 0 END) AS overdue_at_end
  FROM {{ref "breach_rate_monthly"}}
  CROSS JOIN (SELECT MAX(month_start_date) AS last_month FROM {{ref "breach_rate_monthly"}}) AS months
  WHERE priority = 'All'
),

facts AS (
  SELECT
    COUNT(closed_at) AS resolved,
    SUM(sla_breached) AS breached,
    SUM(is_open) AS is_open,
    SUM(is_overdue) AS is_overdue
  FROM {{ref "fact_tickets"}}
)

SELECT month_start_date, resolved_difference, breached_difference
FROM monthly
WHERE resolved_difference <> 0 OR breached_difference <> 0 OR open_difference <> 0 OR overdue_difference <> 0
UNION ALL
SELECT NULL, totals.resolved - facts.resolved, totals.breached - facts.breached
FROM totals
CROSS JOIN facts
WHERE totals.resolved <> facts.resolved
  OR totals.breached <> facts.breached
  OR totals.open_at_end <> facts.is_open
  OR totals.overdue_at_end <> facts.is_overdue
