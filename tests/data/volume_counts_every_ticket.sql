-- No day is missing, and no ticket.
SELECT tickets, tickets_to_date, facts
FROM (
  SELECT
    (SELECT SUM(tickets) FROM {{ref "ticket_volume_daily"}}) AS tickets,
    (SELECT MAX(tickets_to_date) FROM {{ref "ticket_volume_daily"}}) AS tickets_to_date,
    (SELECT COUNT(*) FROM {{ref "fact_tickets"}}) AS facts
) AS counts
WHERE tickets <> facts OR tickets_to_date <> facts
