-- The priorities add up to All, and All to the facts.
WITH sums AS (
  SELECT
    CASE WHEN priority = 'All' THEN 'all' ELSE 'by priority' END AS what,
    SUM(tickets) AS tickets,
    SUM(answered) AS answered,
    SUM(response_minutes) AS response_minutes
  FROM {{ref "first_response_monthly"}}
  GROUP BY CASE WHEN priority = 'All' THEN 'all' ELSE 'by priority' END
),

facts AS (
  SELECT
    COUNT(*) AS tickets,
    COUNT(first_response_minutes) AS answered,
    COALESCE(SUM(first_response_minutes), 0) AS response_minutes
  FROM {{ref "fact_tickets"}}
)

SELECT sums.what, sums.tickets, sums.answered, sums.response_minutes
FROM sums
CROSS JOIN facts
WHERE sums.tickets <> facts.tickets
  OR sums.answered <> facts.answered
  OR sums.response_minutes <> facts.response_minutes
