-- What a duty manager works from: the open tickets with the time that is left to each.
SELECT
  tickets.ticket_id,
  tickets.subject,
  tickets.created_at,
  tickets.created_date,
  tickets.due_at,
  tickets.system_name,
  tickets.team,
  tickets.engineer,
  tickets.priority,
  tickets.priority_rank,
  tickets.region,
  tickets.status,
  tickets.age_hours,
  {{hours_between (as_of) "tickets.due_at"}} AS hours_left,
  tickets.is_overdue
FROM {{ref "mart_tickets"}} AS tickets
WHERE tickets.is_open = 1
