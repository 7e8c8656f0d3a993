-- Only some causes can take a system down; where the cause was noted it must be one of them.
SELECT fact.ticket_id, fact.uptime_impact_minutes, fact.root_cause_category
FROM {{ref "fact_tickets"}} AS fact
INNER JOIN {{ref "root_causes"}} AS causes ON fact.root_cause_category = causes.root_cause_category
WHERE fact.uptime_impact_minutes < 0
  OR (fact.uptime_impact_minutes > 0 AND NOT causes.can_stop_a_service)
