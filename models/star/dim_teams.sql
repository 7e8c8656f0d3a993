SELECT
  team_code,
  team_name,
  support_level,
  coverage
FROM {{ref "teams"}}
