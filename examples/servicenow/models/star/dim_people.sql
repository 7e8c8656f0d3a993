-- The log is anonymised by column: "Resolver 89" and "Resolved by 81" may well be one person, but nothing says so.
WITH roles AS (
  SELECT
    {{or_unknown "opened_by"}} AS person,
    1 AS is_opener,
    0 AS is_assignee,
    0 AS is_resolver
  FROM {{ref "stg_incidents"}}
  UNION ALL
  SELECT
    {{or_unknown "assigned_to"}},
    0,
    1,
    0
  FROM {{ref "stg_incidents"}}
  UNION ALL
  SELECT
    {{or_unknown "resolved_by"}},
    0,
    0,
    1
  FROM {{ref "stg_incidents"}}
)

SELECT
  person,
  CASE WHEN person = 'Unknown' THEN 0 ELSE 1 END AS is_known,
  MAX(is_opener) AS is_opener,
  MAX(is_assignee) AS is_assignee,
  MAX(is_resolver) AS is_resolver
FROM roles
GROUP BY person
