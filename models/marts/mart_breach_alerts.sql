-- What a duty manager works from: the open tickets with their risk, the time that is left to each, and why the model thinks so.
SELECT
  tickets.ticket_id,
  scores.alert_rank,
  scores.alert_state AS risk,
  scores.breach_probability,
  scores.hours_left,
  scores.main_reasons AS reasons,
  tickets.subject,
  tickets.created_at,
  tickets.created_date,
  tickets.due_at,
  tickets.system_name,
  tickets.team,
  tickets.engineer,
  tickets.priority,
  tickets.priority_rank,
  tickets.category,
  tickets.region,
  tickets.status,
  tickets.age_hours,
  tickets.is_overdue
FROM {{ref "breach_scores"}} AS scores
INNER JOIN {{ref "mart_tickets"}} AS tickets ON scores.ticket_id = tickets.ticket_id
