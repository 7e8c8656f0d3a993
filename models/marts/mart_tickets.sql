-- Engineers are people: by default they stand here under a pseudonym that stays the same from build to build and that nobody without
-- the key can trace back. So no reader of the marts, of the site or of a workbook meets a name unless the project says so.
SELECT
  tickets.ticket_id,
  tickets.subject,
  tickets.created_at,
  tickets.created_date,
  tickets.closed_at,
  tickets.closed_date,
  tickets.due_at,
  tickets.created_hour,
  tickets.created_weekday,
  systems.system_name,
  systems.system_group,
  systems.criticality,
  teams.team_name AS team,
  {{#if (var "show_people")}}
  tickets.engineer_name AS engineer,
  {{else}}
  CASE
    WHEN engineers.is_person = 0 THEN tickets.engineer_name
    ELSE CONCAT('Engineer ', UPPER(LEFT(SHA2(CONCAT({{literal (var "people_key")}}, '|', tickets.engineer_name), 256), 4)))
  END AS engineer,
  {{/if}}
  engineers.is_person AS is_assigned,
  tickets.priority,
  priorities.priority_rank,
  tickets.category,
  tickets.channel,
  regions.region_name AS region,
  tickets.status,
  CASE
    WHEN tickets.sla_breached = 1 THEN 'Breached'
    WHEN tickets.is_open = 0 THEN 'Met'
    WHEN tickets.is_overdue = 1 THEN 'Overdue'
    ELSE 'Open'
  END AS sla_status,
  COALESCE(tickets.root_cause_category, 'Not known') AS root_cause,
  COALESCE(tickets.fix_type, 'Not known') AS fix_type,
  CASE WHEN tickets.fix_type IS NULL THEN 0 ELSE 1 END AS is_fix_known,
  CASE WHEN tickets.fix_type = 'Permanent' THEN 1 ELSE 0 END AS is_permanent_fix,
  tickets.sla_limit_hours,
  tickets.resolution_hours,
  tickets.age_hours,
  tickets.first_response_minutes,
  tickets.is_open,
  1 - tickets.is_open AS is_resolved,
  tickets.sla_breached,
  tickets.is_overdue,
  CASE WHEN tickets.first_response_minutes > priorities.first_response_target_minutes THEN 1 ELSE 0 END AS is_late_response,
  tickets.is_repeat_incident,
  tickets.has_business_impact,
  tickets.failed_transaction_count,
  tickets.estimated_financial_loss
FROM {{ref "fact_tickets"}} AS tickets
INNER JOIN {{ref "dim_systems"}} AS systems ON tickets.system_code = systems.system_code
INNER JOIN {{ref "dim_teams"}} AS teams ON tickets.team_code = teams.team_code
INNER JOIN {{ref "dim_engineers"}} AS engineers ON tickets.engineer_name = engineers.engineer_name
INNER JOIN {{ref "dim_priorities"}} AS priorities ON tickets.priority = priorities.priority
INNER JOIN {{ref "dim_regions"}} AS regions ON tickets.region_code = regions.region_code
