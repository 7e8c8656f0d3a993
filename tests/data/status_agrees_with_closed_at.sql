-- A ticket has a time of closing when, and only when, its fix has been delivered.
SELECT ticket_id, status, closed_at
FROM {{ref "fact_tickets"}}
WHERE (status IN ('Open', 'Pending') AND closed_at IS NOT NULL)
  OR (status IN ('Resolved', 'Closed') AND closed_at IS NULL)
