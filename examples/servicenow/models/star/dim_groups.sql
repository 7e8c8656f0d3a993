WITH members AS (
  SELECT
    {{or_unknown "assignment_group"}} AS group_name,
    CASE WHEN assignment_group IS NULL THEN 0 ELSE 1 END AS is_known,
    opened_at
  FROM {{ref "stg_incidents"}}
)

SELECT
  group_name AS assignment_group,
  is_known,
  DATE(MIN(opened_at)) AS first_incident_date,
  DATE(MAX(opened_at)) AS last_incident_date
FROM members
GROUP BY group_name, is_known
