-- Found by the history of tickets, said by the source: the same tickets.
SELECT facts.ticket_id, facts.is_repeat_incident, repeats.previous_ticket_id
FROM {{ref "fact_tickets"}} AS facts
LEFT JOIN {{ref "repeat_incidents"}} AS repeats ON facts.ticket_id = repeats.ticket_id
WHERE facts.is_repeat_incident <> CASE WHEN repeats.ticket_id IS NULL THEN 0 ELSE 1 END
