-- An earlier state of a ticket lacks its cause and its fix.
WITH versions AS (
  SELECT
    raw.*,
    ROW_NUMBER() OVER (
      PARTITION BY ticket_id
      ORDER BY
        CASE WHEN TRIM(fix_type) <> '' THEN 0 ELSE 1 END,
        CASE WHEN TRIM(root_cause_category) <> '' THEN 0 ELSE 1 END
    ) AS version
  FROM {{source "helpdesk" "ticket_ownership"}} AS raw
),

latest AS (
  SELECT
    versions.*,
    SUBSTRING_INDEX(TRIM(assigned_engineer), ' ', 1) AS first_name,
    SUBSTRING_INDEX(TRIM(assigned_engineer), ' ', -1) AS last_name
  FROM versions
  WHERE version = 1
),

cleaned AS (
  SELECT
    ticket_id,
    {{clean_text "assigned_team"}} AS team_name,
    CASE
      WHEN UPPER(first_name) IN ('', 'N/A') THEN NULL
      ELSE CONCAT({{capitalised "first_name"}}, ' ', {{capitalised "last_name"}})
    END AS engineer_name,
    {{clean_text "root_cause_category"}} AS root_cause_category,
    CASE WHEN TRIM(fix_type) <> '' THEN {{capitalised "fix_type"}} END AS fix_type,
    {{yes_no "is_repeat_incident"}} AS is_repeat_incident
  FROM latest
)

SELECT
  cleaned.ticket_id,
  teams.team_code,
  teams.team_name,
  cleaned.engineer_name,
  causes.root_cause_category,
  cleaned.fix_type,
  cleaned.is_repeat_incident
FROM cleaned
LEFT JOIN {{ref "teams"}} AS teams ON cleaned.team_name = teams.team_name
LEFT JOIN {{ref "root_causes"}} AS causes ON cleaned.root_cause_category = causes.root_cause_category
