-- By team and by system, the same tickets and the same hours as in the facts.
WITH sums AS (
  SELECT 'by team' AS what, SUM(resolved) AS resolved, SUM(total_hours) AS total_hours FROM {{ref "mttr_by_team"}}
  UNION ALL
  SELECT 'by system', SUM(resolved), SUM(total_hours) FROM {{ref "mttr_by_system"}}
),

facts AS (
  SELECT COUNT(closed_at) AS resolved, SUM(resolution_hours) AS total_hours FROM {{ref "fact_tickets"}}
)

SELECT sums.what, sums.resolved, sums.total_hours, facts.resolved AS fact_resolved, facts.total_hours AS fact_hours
FROM sums
CROSS JOIN facts
WHERE sums.resolved <> facts.resolved OR sums.total_hours <> facts.total_hours
