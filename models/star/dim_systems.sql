SELECT
  system_code,
  system_name,
  system_group,
  criticality,
  owner_team_code,
  service_start_hour,
  service_end_hour,
  service_days_per_week,
  (service_end_hour - service_start_hour) * service_days_per_week AS service_hours_per_week,
  is_customer_facing,
  handles_transactions
FROM {{ref "systems"}}
