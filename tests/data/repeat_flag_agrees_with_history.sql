-- The source's flag is what the cleaned history says: the same user, the same system, within 24 hours of the ticket before.
WITH history AS (
  SELECT
    ticket_id,
    is_repeat_incident,
    created_at,
    LAG(created_at) OVER (PARTITION BY customer_id, system_code ORDER BY created_at, ticket_id) AS previous_created_at
  FROM {{ref "fact_tickets"}}
)

SELECT ticket_id, is_repeat_incident, previous_created_at, created_at
FROM history
WHERE is_repeat_incident
  <> CASE WHEN TIMESTAMPDIFF(SECOND, previous_created_at, created_at) <= 86400 THEN 1 ELSE 0 END
