WITH versions AS (
  SELECT
    ticket_id,
    sla_limit_hours,
    resolution_hours,
    first_response_minutes,
    {{yes_no "sla_breached"}} AS sla_breached,
    uptime_impact_minutes,
    ROW_NUMBER() OVER (
      PARTITION BY ticket_id
      ORDER BY resolution_hours DESC, first_response_minutes DESC, sla_limit_hours DESC
    ) AS version
  FROM {{source "helpdesk" "sla_metrics"}}
)

SELECT
  versions.ticket_id,
  -- Where the export lost the limit, the policy still knows it.
  COALESCE(versions.sla_limit_hours, policy.sla_limit_hours) AS sla_limit_hours,
  versions.resolution_hours,
  versions.first_response_minutes,
  COALESCE(versions.sla_breached, 0) AS sla_breached,
  versions.uptime_impact_minutes
FROM versions
INNER JOIN {{ref "stg_tickets"}} AS tickets ON versions.ticket_id = tickets.ticket_id
LEFT JOIN {{ref "sla_policy"}} AS policy ON tickets.priority = policy.priority
WHERE versions.version = 1
