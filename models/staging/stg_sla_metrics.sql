WITH versions AS (
  SELECT
    raw.*,
    ROW_NUMBER() OVER (
      PARTITION BY ticket_id
      ORDER BY resolution_hours DESC, first_response_minutes DESC
    ) AS version
  FROM {{source "helpdesk" "sla_metrics"}} AS raw
)

SELECT
  ticket_id,
  sla_limit_hours,
  resolution_hours,
  first_response_minutes,
  COALESCE({{yes_no "sla_breached"}}, 0) AS sla_breached,
  uptime_impact_minutes
FROM versions
WHERE version = 1
