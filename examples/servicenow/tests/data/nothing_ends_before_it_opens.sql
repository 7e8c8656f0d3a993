SELECT
  incident_number,
  opened_at,
  resolved_at,
  closed_at
FROM {{ref "fact_incidents"}}
WHERE resolved_at < opened_at
  OR closed_at < opened_at
