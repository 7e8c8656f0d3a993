-- Opened and closed lie on two dates of a ticket, so they share an axis only here: one row per day, region and flow, days without any included.
-- Backlog is what is open when the day ends, Overdue what of it is past its limit. Both add up over regions, never over days.
WITH moves AS (
  SELECT created_date AS flow_date, region_code, 1 AS opened, 0 AS closed, 0 AS overdue
  FROM {{ref "fact_tickets"}}
  UNION ALL
  SELECT closed_date, region_code, 0, 1, CASE WHEN closed_at > due_at THEN -1 ELSE 0 END
  FROM {{ref "fact_tickets"}}
  WHERE closed_at IS NOT NULL
  UNION ALL
  SELECT DATE(due_at), region_code, 0, 0, 1
  FROM {{ref "fact_tickets"}}
  WHERE due_at < {{as_of}} AND (closed_at IS NULL OR closed_at > due_at)
),

counted AS (
  SELECT
    flow_date,
    region_code,
    SUM(opened) AS opened,
    SUM(closed) AS closed,
    SUM(overdue) AS overdue
  FROM moves
  GROUP BY flow_date, region_code
),

dense AS (
  SELECT
    days.date_day AS flow_date,
    regions.region_name AS region,
    COALESCE(counted.opened, 0) AS opened,
    COALESCE(counted.closed, 0) AS closed,
    COALESCE(counted.overdue, 0) AS overdue
  FROM {{ref "observed_days"}} AS days
  CROSS JOIN {{ref "dim_regions"}} AS regions
  LEFT JOIN counted ON days.date_day = counted.flow_date AND regions.region_code = counted.region_code
),

flows AS (
  SELECT
    flow_date,
    region,
    opened,
    closed,
    SUM(opened - closed) OVER (PARTITION BY region ORDER BY flow_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS backlog,
    SUM(overdue) OVER (PARTITION BY region ORDER BY flow_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS overdue
  FROM dense
)

SELECT flow_date, region, 'Opened' AS flow, opened AS tickets FROM flows
UNION ALL
SELECT flow_date, region, 'Closed' AS flow, closed AS tickets FROM flows
UNION ALL
SELECT flow_date, region, 'Backlog' AS flow, backlog AS tickets FROM flows
UNION ALL
SELECT flow_date, region, 'Overdue' AS flow, overdue AS tickets FROM flows
