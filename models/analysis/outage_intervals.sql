-- Gaps and islands: a report that begins before or just when all earlier ones of its system have ended belongs to the same outage.
WITH reports AS (
  SELECT
    ticket_id,
    system_code,
    created_at AS started_at,
    LEAST(TIMESTAMPADD(MINUTE, uptime_impact_minutes, created_at), {{as_of}}) AS ended_at
  FROM {{ref "fact_tickets"}}
  WHERE uptime_impact_minutes > 0
),

-- A running maximum, then the row before: a frame that ends before its row is computed anew for each row by MySQL.
running AS (
  SELECT
    reports.*,
    MAX(ended_at) OVER (
      PARTITION BY system_code
      ORDER BY started_at, ticket_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS latest_end
  FROM reports
),

reached AS (
  SELECT
    running.*,
    LAG(latest_end) OVER (PARTITION BY system_code ORDER BY started_at, ticket_id) AS down_until
  FROM running
),

numbered AS (
  SELECT
    reached.*,
    SUM(CASE WHEN started_at <= down_until THEN 0 ELSE 1 END) OVER (
      PARTITION BY system_code
      ORDER BY started_at, ticket_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS outage_number
  FROM reached
),

merged AS (
  SELECT
    system_code,
    outage_number,
    MIN(started_at) AS started_at,
    MAX(ended_at) AS ended_at,
    COUNT(*) AS tickets,
    SUM(TIMESTAMPDIFF(SECOND, started_at, ended_at)) AS reported_seconds
  FROM numbered
  GROUP BY system_code, outage_number
)

SELECT
  system_code,
  started_at,
  ended_at,
  DATE(started_at) AS started_date,
  DATE(TIMESTAMPADD(SECOND, -1, ended_at)) AS ended_date,
  {{minutes "TIMESTAMPDIFF(SECOND, started_at, ended_at)"}} AS outage_minutes,
  tickets,
  {{minutes "reported_seconds"}} AS reported_minutes
FROM merged
