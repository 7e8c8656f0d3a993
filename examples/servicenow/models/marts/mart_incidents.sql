-- One row per incident under names that a reader understands. The log's names of people are left out: no figure here is about a person.
SELECT
  incidents.incident_number,
  incidents.opened_date,
  incidents.resolved_date,
  incidents.closed_date,
  priorities.priority_name AS priority,
  priorities.priority_code AS priority_rank,
  categories.category,
  incidents.assignment_group,
  incidents.channel,
  incidents.is_sla_breached AS sla_breached,
  CASE WHEN incidents.resolution_hours IS NULL THEN 0 ELSE 1 END AS is_resolved,
  incidents.is_repeat_incident,
  incidents.is_reopened,
  CASE WHEN incidents.reassignment_count > 0 THEN 1 ELSE 0 END AS is_reassigned,
  CASE
    WHEN incidents.reassignment_count = 0 THEN 'None'
    WHEN incidents.reassignment_count = 1 THEN 'One'
    WHEN incidents.reassignment_count = 2 THEN 'Two'
    ELSE 'Three or more'
  END AS handovers,
  CASE WHEN incidents.reassignment_count > 3 THEN 3 ELSE incidents.reassignment_count END AS handovers_rank,
  incidents.resolution_hours,
  incidents.first_response_minutes
FROM {{ref "fact_incidents"}} AS incidents
INNER JOIN {{ref "dim_priorities"}} AS priorities ON incidents.priority_code = priorities.priority_code
INNER JOIN {{ref "dim_categories"}} AS categories ON incidents.category_path = categories.category_path
