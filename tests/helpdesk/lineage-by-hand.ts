/**
 * Of which columns the helpdesk's columns are made: read from the models' SQL by hand, not from what `sla lineage` prints. Nodes are called by
 * their names, sources as `source.table`; nothing means made of no column.
 */
export const COLUMNS: Record<string, string> = {
  // Staging: the export's text, cleaned.
  "stg_tickets.ticket_id": "helpdesk.tickets.ticket_id copied",
  "stg_tickets.customer_id": "helpdesk.tickets.customer_id computed",
  "stg_tickets.subject": "helpdesk.tickets.subject computed",
  "stg_tickets.body": "helpdesk.tickets.body computed",
  "stg_tickets.created_at": "helpdesk.tickets.created_at by condition, helpdesk.tickets.created_at computed",
  "stg_tickets.closed_at": "helpdesk.tickets.closed_at by condition, helpdesk.tickets.closed_at computed",
  "stg_tickets.status": "helpdesk.tickets.status computed",
  "stg_tickets.system_code": "systems.system_code copied",
  "stg_tickets.system_name": "systems.system_name copied",
  "stg_tickets.channel": "helpdesk.tickets.channel computed",
  "stg_sla_metrics.sla_breached": "helpdesk.sla_metrics.sla_breached by condition",
  "stg_sla_metrics.resolution_hours": "helpdesk.sla_metrics.resolution_hours copied",
  "stg_ticket_ownership.team_code": "teams.team_code copied",
  "stg_ticket_ownership.engineer_name":
    "helpdesk.ticket_ownership.assigned_engineer by condition, helpdesk.ticket_ownership.assigned_engineer computed",
  "stg_ticket_ownership.root_cause_category": "root_causes.root_cause_category copied",
  "stg_ticket_ownership.fix_type":
    "helpdesk.ticket_ownership.fix_type by condition, helpdesk.ticket_ownership.fix_type computed",
  "stg_ticket_ownership.is_repeat_incident": "helpdesk.ticket_ownership.is_repeat_incident by condition",
  "stg_business_impact.region_code": "regions.region_code computed",
  "stg_business_impact.estimated_financial_loss":
    "helpdesk.business_impact.estimated_financial_loss computed",

  // The star.
  "dim_customers.customer_id": "stg_tickets.customer_id copied",
  "dim_customers.home_region_code": "stg_business_impact.region_code computed",
  "dim_customers.first_ticket_date": "stg_tickets.created_at aggregated",
  "dim_engineers.engineer_name": "stg_ticket_ownership.engineer_name copied",
  "dim_engineers.team_code": "stg_ticket_ownership.team_code copied",
  "dim_engineers.is_person": "",
  "dim_systems.service_hours_per_week":
    "systems.service_days_per_week computed, systems.service_end_hour computed, systems.service_start_hour computed",
  "dim_priorities.priority": "sla_policy.priority copied",
  "dim_dates.date_day": "stg_tickets.created_at aggregated",
  "dim_dates.is_weekend": "stg_tickets.created_at by condition",
  "fact_tickets.ticket_id": "stg_tickets.ticket_id copied",
  "fact_tickets.engineer_name": "stg_ticket_ownership.engineer_name computed",
  "fact_tickets.region_code": "stg_business_impact.region_code computed",
  "fact_tickets.created_date": "stg_tickets.created_at computed",
  "fact_tickets.due_at":
    "sla_policy.sla_limit_hours computed, stg_sla_metrics.sla_limit_hours computed, stg_tickets.created_at computed",
  "fact_tickets.is_open": "stg_tickets.closed_at by condition",
  "fact_tickets.resolution_hours":
    "stg_tickets.closed_at by condition, stg_tickets.closed_at computed, stg_tickets.created_at computed",
  "fact_tickets.age_hours": "stg_tickets.closed_at computed, stg_tickets.created_at computed",
  "fact_tickets.is_overdue":
    "sla_policy.sla_limit_hours by condition, stg_sla_metrics.sla_limit_hours by condition, stg_tickets.closed_at by condition, stg_tickets.created_at by condition",
  "fact_tickets.sla_breached": "stg_sla_metrics.sla_breached copied",
  "fact_tickets.has_business_impact": "stg_business_impact.ticket_id by condition",
  "ticket_status.status": "stg_tickets.status copied",
  "ticket_status.dbt_scd_id": "stg_tickets.ticket_id computed",

  // Analyses.
  "observed_days.observed_seconds": "dim_dates.date_day computed",
  "observed_days.is_complete": "dim_dates.date_day by condition",
  "ticket_volume_daily.tickets": "",
  "ticket_volume_daily.tickets_7_days": "observed_days.date_day over window",
  "ticket_volume_daily.average_7_days":
    "observed_days.date_day by condition, observed_days.date_day over window, observed_days.is_complete by condition",
  "backlog_daily.open_at_end": "observed_days.date_day over window",
  "backlog_daily.overdue_at_end":
    "fact_tickets.closed_at by condition, fact_tickets.due_at by condition, observed_days.date_day over window",
  "breach_rate_monthly.month_start_date": "observed_days.month_start_date copied",
  "breach_rate_monthly.priority": "dim_priorities.priority copied",
  "breach_rate_monthly.breached": "fact_tickets.sla_breached aggregated",
  "breach_rate_monthly.breach_percent": "fact_tickets.sla_breached aggregated",
  "breach_rate_monthly.open_at_end":
    "dim_priorities.priority over window, observed_days.month_start_date over window",
  "mttr_by_team.month_start_date": "dim_dates.month_start_date copied",
  "mttr_by_team.mean_hours": "fact_tickets.resolution_hours aggregated",
  "repeat_incidents.previous_ticket_id":
    "fact_tickets.created_at over window, fact_tickets.customer_id over window, fact_tickets.system_code over window, fact_tickets.ticket_id computed, fact_tickets.ticket_id over window",
  "repeat_incidents.failed_fix_type":
    "fact_tickets.closed_at by condition, fact_tickets.created_at by condition, fact_tickets.created_at over window, fact_tickets.customer_id by condition, fact_tickets.customer_id over window, fact_tickets.fix_type computed, fact_tickets.system_code by condition, fact_tickets.system_code over window, fact_tickets.ticket_id by condition, fact_tickets.ticket_id over window",
  "repeat_incidents.chain_position":
    "fact_tickets.created_at over window, fact_tickets.customer_id over window, fact_tickets.system_code over window, fact_tickets.ticket_id over window",
  "outage_intervals.tickets": "",
  "outage_intervals.started_at": "fact_tickets.created_at aggregated",
  "outage_intervals.ended_at":
    "fact_tickets.created_at aggregated, fact_tickets.uptime_impact_minutes aggregated",
  "uptime_daily.service_minutes":
    "dim_systems.service_days_per_week by condition, dim_systems.service_end_hour computed, dim_systems.service_start_hour computed, observed_days.date_day by condition, observed_days.date_day computed",
  "uptime_daily.down_minutes":
    "dim_systems.service_days_per_week by condition, dim_systems.service_end_hour aggregated, dim_systems.service_start_hour aggregated, observed_days.date_day aggregated, observed_days.date_day by condition, outage_intervals.ended_at aggregated, outage_intervals.started_at aggregated",
  "uptime_monthly.uptime_percent":
    "uptime_daily.down_minutes aggregated, uptime_daily.service_minutes aggregated",

  // Prediction and marts.
  "breach_features.is_breach":
    "fact_tickets.due_at by condition, fact_tickets.is_open by condition, fact_tickets.sla_breached computed",
  "breach_features.created_month": "dim_dates.year_month_name copied",
  "breach_features.hours_left": "fact_tickets.due_at computed, fact_tickets.is_open by condition",
  "mart_tickets.team": "dim_teams.team_name copied",
  "mart_tickets.engineer": "dim_engineers.is_person by condition, fact_tickets.engineer_name computed",
  "mart_tickets.sla_status":
    "fact_tickets.is_open by condition, fact_tickets.is_overdue by condition, fact_tickets.sla_breached by condition",
  "mart_tickets.is_late_response":
    "dim_priorities.first_response_target_minutes by condition, fact_tickets.first_response_minutes by condition",
  "mart_ticket_flow.flow": "",
  "mart_ticket_flow.tickets":
    "dim_regions.region_name over window, fact_tickets.closed_at by condition, fact_tickets.due_at by condition, observed_days.date_day over window",
  "mart_system_day.incidents": "",
  "mart_system_day.critical_incidents": "fact_tickets.priority by condition",
  "mart_system_day.resolved_incidents": "fact_tickets.is_open aggregated",
  "mart_breach_alerts.risk": "breach_scores.alert_state copied",
  "flag_chronic_issues.month_start_date": "fact_tickets.created_date computed",
  "flag_chronic_issues.system_code": "fact_tickets.system_code copied",
  "flag_chronic_issues.system_name": "dim_systems.system_name copied",
  "flag_chronic_issues.owner_team_code": "dim_systems.owner_team_code copied",
  "flag_chronic_issues.tickets": "",
  "flag_chronic_issues.breaches": "fact_tickets.sla_breached aggregated",
  "flag_chronic_issues.breach_share": "fact_tickets.sla_breached aggregated",
  "flag_chronic_issues.share_of_month":
    "fact_tickets.created_date over window, fact_tickets.sla_breached aggregated",
  "flag_chronic_issues.rank_in_month":
    "fact_tickets.created_date over window, fact_tickets.sla_breached over window",
  "flag_chronic_issues.months_in_a_row":
    "fact_tickets.created_date over window, fact_tickets.system_code over window",
  "flag_chronic_issues.threshold": "",
};

/** What decides over the rows of the helpdesk's nodes, likewise by hand. */
export const ROWS: Record<string, string> = {
  stg_tickets:
    "helpdesk.tickets.closed_at filtered by, helpdesk.tickets.system joined by, helpdesk.tickets.ticket_id filtered by, systems.system_name joined by",
  dim_engineers:
    "stg_ticket_ownership.engineer_name filtered by, stg_ticket_ownership.engineer_name grouped by, stg_ticket_ownership.team_code filtered by, stg_ticket_ownership.team_code grouped by",
  dim_dates: "stg_tickets.created_at filtered by",
  dim_regions: "",
  fact_tickets:
    "sla_policy.priority joined by, stg_business_impact.ticket_id joined by, stg_sla_metrics.ticket_id joined by, stg_ticket_ownership.ticket_id joined by, stg_tickets.priority joined by, stg_tickets.ticket_id joined by",
  observed_days: "dim_dates.date_day filtered by, fact_tickets.created_date filtered by",
  ticket_volume_daily:
    "fact_tickets.created_date grouped by, fact_tickets.created_date joined by, observed_days.date_day joined by",
  backlog_daily:
    "fact_tickets.closed_at filtered by, fact_tickets.closed_date grouped by, fact_tickets.closed_date joined by, fact_tickets.created_date grouped by, fact_tickets.created_date joined by, fact_tickets.due_at filtered by, fact_tickets.due_at grouped by, fact_tickets.due_at joined by, observed_days.date_day joined by",
  mttr_by_team:
    "dim_dates.date_day joined by, dim_dates.month_start_date grouped by, fact_tickets.closed_date joined by, fact_tickets.team_code grouped by",
  mart_breach_alerts: "breach_scores.ticket_id joined by, mart_tickets.ticket_id joined by",
  flag_chronic_issues:
    "dim_systems.system_code joined by, fact_tickets.created_date grouped by, fact_tickets.sla_breached filtered by, fact_tickets.system_code grouped by, fact_tickets.system_code joined by",
};
