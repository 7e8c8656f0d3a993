-- Pseudonyms that stand for more than one engineer: choose another people_key.
SELECT
  marts.engineer,
  COUNT(DISTINCT facts.engineer_name) AS engineers
FROM {{ref "mart_tickets"}} AS marts
INNER JOIN {{ref "fact_tickets"}} AS facts ON marts.ticket_id = facts.ticket_id
GROUP BY marts.engineer
HAVING COUNT(DISTINCT facts.engineer_name) > 1
