-- What the log's first event of an incident says: what was known when it was registered. An incident changes while it lives (priority, category,
-- and in almost half of all the group), and what it says at its end knows how it went.
WITH firsts AS (
  SELECT incident_number, MIN(event_number) AS first_event_number
  FROM {{ref "stg_incident_events"}}
  GROUP BY incident_number
)

SELECT
  facts.incident_number,
  COALESCE(events.priority_code, 0) AS priority_code,
  {{or_unknown "events.category"}} AS category,
  {{or_unknown "events.assignment_group"}} AS assignment_group,
  facts.opened_hour,
  facts.opened_weekday,
  dates.year_month_name AS opened_month,
  CASE WHEN facts.is_open = 0 THEN facts.is_sla_breached END AS is_breach
FROM {{ref "fact_incidents"}} AS facts
INNER JOIN firsts ON facts.incident_number = firsts.incident_number
INNER JOIN {{ref "stg_incident_events"}} AS events ON firsts.first_event_number = events.event_number
INNER JOIN {{ref "dim_dates"}} AS dates ON facts.opened_date = dates.date_day
