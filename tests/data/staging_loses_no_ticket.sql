-- Removing repeated rows must leave every ticket there, once, in each of the four tables.
WITH counts AS (
  SELECT
    'tickets' AS source_table,
    (SELECT COUNT(DISTINCT ticket_id) FROM {{source "helpdesk" "tickets"}}) AS raw_tickets,
    (SELECT COUNT(*) FROM {{ref "stg_tickets"}}) AS staged_rows
  UNION ALL
  SELECT
    'sla_metrics',
    (SELECT COUNT(DISTINCT ticket_id) FROM {{source "helpdesk" "sla_metrics"}}),
    (SELECT COUNT(*) FROM {{ref "stg_sla_metrics"}})
  UNION ALL
  SELECT
    'ticket_ownership',
    (SELECT COUNT(DISTINCT ticket_id) FROM {{source "helpdesk" "ticket_ownership"}}),
    (SELECT COUNT(*) FROM {{ref "stg_ticket_ownership"}})
  UNION ALL
  SELECT
    'business_impact',
    (SELECT COUNT(DISTINCT ticket_id) FROM {{source "helpdesk" "business_impact"}}),
    (SELECT COUNT(*) FROM {{ref "stg_business_impact"}})
)

SELECT source_table, raw_tickets, staged_rows
FROM counts
WHERE raw_tickets <> staged_rows
