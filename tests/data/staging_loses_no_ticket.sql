-- Removing repeated rows must leave every ticket there, once, in each of the four tables.
WITH raw_counts AS (
  SELECT 'tickets' AS source_table, COUNT(DISTINCT ticket_id) AS tickets FROM {{source "helpdesk" "tickets"}}
  UNION ALL
  SELECT 'sla_metrics', COUNT(DISTINCT ticket_id) FROM {{source "helpdesk" "sla_metrics"}}
  UNION ALL
  SELECT 'ticket_ownership', COUNT(DISTINCT ticket_id) FROM {{source "helpdesk" "ticket_ownership"}}
  UNION ALL
  SELECT 'business_impact', COUNT(DISTINCT ticket_id) FROM {{source "helpdesk" "business_impact"}}
),

staged_counts AS (
  SELECT 'tickets' AS source_table, COUNT(*) AS tickets FROM {{ref "stg_tickets"}}
  UNION ALL
  SELECT 'sla_metrics', COUNT(*) FROM {{ref "stg_sla_metrics"}}
  UNION ALL
  SELECT 'ticket_ownership', COUNT(*) FROM {{ref "stg_ticket_ownership"}}
  UNION ALL
  SELECT 'business_impact', COUNT(*) FROM {{ref "stg_business_impact"}}
)

SELECT raw_counts.source_table, raw_counts.tickets AS raw_tickets, staged_counts.tickets AS staged_rows
FROM raw_counts
INNER JOIN staged_counts ON raw_counts.source_table = staged_counts.source_table
WHERE raw_counts.tickets <> staged_counts.tickets
