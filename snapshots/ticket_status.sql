-- Validity counts in the time of the exports, so that days can be played in any minute.
SELECT ticket_id, status, {{as_of}} AS seen_at
FROM {{ref "stg_tickets"}}
