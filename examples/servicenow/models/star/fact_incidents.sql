WITH incidents AS (
  SELECT
    stg.*,
    LAG(stg.opened_at) OVER (
      PARTITION BY stg.caller_id, stg.category
      ORDER BY stg.opened_at, stg.incident_number
    ) AS earlier_opened_at
  FROM {{ref "stg_incidents"}} AS stg
)

SELECT
  incident_number,
  {{or_unknown "caller_id"}} AS caller_id,
  {{category_path "category" "subcategory"}} AS category_path,
  COALESCE(priority_code, 0) AS priority_code,
  {{or_unknown "assignment_group"}} AS assignment_group,
  {{or_unknown "opened_by"}} AS opened_by,
  {{or_unknown "assigned_to"}} AS assigned_to,
  {{or_unknown "resolved_by"}} AS resolved_by,
  DATE(opened_at) AS opened_date,
  DATE(resolved_at) AS resolved_date,
  DATE(closed_at) AS closed_date,
  opened_at,
  first_response_at,
  resolved_at,
  closed_at,
  HOUR(opened_at) AS opened_hour,
  WEEKDAY(opened_at) AS opened_weekday,
  {{or_unknown "incident_state"}} AS incident_state,
  is_active AS is_open,
  {{or_unknown "impact_name"}} AS impact_name,
  {{or_unknown "urgency_name"}} AS urgency_name,
  {{or_unknown "channel"}} AS channel,
  {{or_unknown "location"}} AS location,
  {{or_unknown "symptom"}} AS symptom,
  {{or_unknown "closed_code"}} AS closed_code,
  1 - is_sla_met AS is_sla_breached,
  {{hours_between "opened_at" "resolved_at"}} AS resolution_hours,
  TIMESTAMPDIFF(MINUTE, opened_at, first_response_at) AS first_response_minutes,
  reassignment_count,
  reopen_count,
  update_count,
  event_count,
  CASE WHEN reopen_count > 0 THEN 1 ELSE 0 END AS is_reopened,
  CASE
    WHEN
      caller_id IS NOT NULL
      AND category IS NOT NULL
      AND TIMESTAMPDIFF(MINUTE, earlier_opened_at, opened_at) <= 1440
      THEN 1
    ELSE 0
  END AS is_repeat_incident,
  is_knowledge_used,
  is_priority_confirmed,
  CASE WHEN problem_id IS NULL THEN 0 ELSE 1 END AS has_problem,
  CASE WHEN change_id IS NULL THEN 0 ELSE 1 END AS has_change
FROM incidents
