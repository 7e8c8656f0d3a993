SELECT DISTINCT
  COALESCE(priority_code, 0) AS priority_code,
  {{or_unknown "priority_name"}} AS priority_name
FROM {{ref "stg_incidents"}}
