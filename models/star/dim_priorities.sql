SELECT
  priority,
  priority_rank,
  sla_limit_hours,
  first_response_target_minutes,
  meaning
FROM {{ref "sla_policy"}}
