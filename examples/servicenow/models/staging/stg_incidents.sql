-- Values change while an incident lives: what counts is its last event, and that is the last line of it in the file.
-- (The log's own counters and times do not order it: they run backwards inside a few incidents.)
WITH lives AS (
  SELECT
    incident_number,
    MAX(event_number) AS last_event_number,
    MIN(CASE WHEN incident_state <> 'New' THEN event_number END) AS response_event_number,
    COUNT(*) AS event_count
  FROM {{ref "stg_incident_events"}}
  GROUP BY incident_number
)

SELECT
  last_events.incident_number,
  last_events.incident_state,
  last_events.is_active,
  last_events.reassignment_count,
  last_events.reopen_count,
  last_events.update_count,
  lives.event_count,
  lives.last_event_number,
  last_events.is_sla_met,
  last_events.caller_id,
  last_events.opened_by,
  last_events.opened_at,
  -- The log does not know who answered when; the nearest is the first event in any state but New.
  responses.updated_at AS first_response_at,
  last_events.updated_at AS last_updated_at,
  last_events.channel,
  last_events.location,
  last_events.category,
  last_events.subcategory,
  last_events.symptom,
  last_events.configuration_item,
  last_events.impact_code,
  last_events.impact_name,
  last_events.urgency_code,
  last_events.urgency_name,
  last_events.priority_code,
  last_events.priority_name,
  last_events.assignment_group,
  last_events.assigned_to,
  last_events.is_knowledge_used,
  last_events.is_priority_confirmed,
  last_events.notification,
  last_events.problem_id,
  last_events.change_id,
  last_events.vendor,
  last_events.causing_change_id,
  last_events.closed_code,
  last_events.resolved_by,
  last_events.resolved_at,
  last_events.closed_at
FROM lives
INNER JOIN {{ref "stg_incident_events"}} AS last_events ON lives.last_event_number = last_events.event_number
LEFT JOIN {{ref "stg_incident_events"}} AS responses ON lives.response_event_number = responses.event_number
