WITH cleaned AS (
  SELECT
    ticket_id,
    {{clean_text "assigned_team"}} AS raw_team,
    CASE
      WHEN UPPER(TRIM(assigned_engineer)) IN ('', 'N/A') THEN NULL
      ELSE {{person_name "assigned_engineer"}}
    END AS engineer_name,
    {{clean_text "root_cause_category"}} AS raw_cause,
    CASE WHEN TRIM(fix_type) <> '' THEN {{capitalised "fix_type"}} END AS fix_type,
    {{yes_no "is_repeat_incident"}} AS is_repeat_incident
  FROM {{source "helpdesk" "ticket_ownership"}}
),

-- An earlier state of a ticket lacks its cause and its fix.
versions AS (
  SELECT
    cleaned.*,
    ROW_NUMBER() OVER (
      PARTITION BY ticket_id
      ORDER BY fix_type DESC, raw_cause DESC, engineer_name DESC
    ) AS version
  FROM cleaned
)

SELECT
  versions.ticket_id,
  teams.team_code,
  teams.team_name,
  versions.engineer_name,
  causes.root_cause_category,
  versions.fix_type,
  versions.is_repeat_incident
FROM versions
LEFT JOIN {{ref "teams"}} AS teams ON versions.raw_team = teams.team_name
LEFT JOIN {{ref "root_causes"}} AS causes ON versions.raw_cause = causes.root_cause_category
WHERE versions.version = 1
