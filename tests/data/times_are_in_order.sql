-- Created, answered, closed, exported: in this order.
SELECT ticket_id, created_at, closed_at, first_response_minutes
FROM {{ref "fact_tickets"}}
WHERE created_at >= {{as_of}}
  OR closed_at >= {{as_of}}
  OR closed_at < created_at
  OR first_response_minutes < 0
  OR first_response_minutes > age_hours * 60
