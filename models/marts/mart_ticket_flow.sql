-- Opened and closed lie on two dates of a ticket, so they share an axis only here: one row per day, region and flow, days without any included.
-- Backlog is what is open when the day ends. Its numbers add up over regions, never over days.
WITH moves AS (
  SELECT created_date AS flow_date, region_code, 1 AS opened, 0 AS closed FROM {{ref "fact_tickets"}}
  UNION ALL
  SELECT closed_date AS flow_date, region_code, 0 AS opened, 1 AS closed FROM {{ref "fact_tickets"}} WHERE closed_date IS NOT NULL
),

counted AS (
  SELECT
    flow_date,
    region_code,
    SUM(opened) AS opened,
    SUM(closed) AS closed
  FROM moves
  GROUP BY flow_date, region_code
),

dense AS (
  SELECT
    days.date_day AS flow_date,
    regions.region_name AS region,
    COALESCE(counted.opened, 0) AS opened,
    COALESCE(counted.closed, 0) AS closed
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
    SUM(opened - closed) OVER (PARTITION BY region ORDER BY flow_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS backlog
  FROM dense
)

SELECT flow_date, region, 'Opened' AS flow, opened AS tickets FROM flows
UNION ALL
SELECT flow_date, region, 'Closed' AS flow, closed AS tickets FROM flows
UNION ALL
SELECT flow_date, region, 'Backlog' AS flow, backlog AS tickets FROM flows
