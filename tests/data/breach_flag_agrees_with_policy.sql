-- The source's flag is what its times and the policy say: resolved, and after the limit.
SELECT fact.ticket_id, fact.sla_breached, fact.resolution_hours, policy.sla_limit_hours
FROM {{ref "fact_tickets"}} AS fact
INNER JOIN {{ref "dim_priorities"}} AS policy ON fact.priority = policy.priority
WHERE fact.sla_limit_hours <> policy.sla_limit_hours
  OR fact.sla_breached <> CASE WHEN fact.closed_at > fact.due_at THEN 1 ELSE 0 END
  OR (fact.is_overdue = 1 AND (fact.is_open = 0 OR fact.age_hours <= fact.sla_limit_hours))
