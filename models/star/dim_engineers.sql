-- The source knows engineers by name only; each belongs to the team under which most of his or her tickets stand.
WITH counted AS (
  SELECT
    engineer_name,
    team_code,
    COUNT(*) AS tickets
  FROM {{ref "stg_ticket_ownership"}}
  WHERE engineer_name IS NOT NULL
  GROUP BY engineer_name, team_code
),

ranked AS (
  SELECT
    engineer_name,
    team_code,
    ROW_NUMBER() OVER (PARTITION BY engineer_name ORDER BY tickets DESC, team_code) AS place
  FROM counted
)

SELECT
  engineer_name,
  team_code,
  1 AS is_person
FROM ranked
WHERE place = 1

UNION ALL

SELECT
  'Unassigned' AS engineer_name,
  NULL AS team_code,
  0 AS is_person
