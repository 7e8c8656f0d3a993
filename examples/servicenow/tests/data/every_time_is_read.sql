-- No time of the log is lost because it is written in another way than the rest.
SELECT
  raw_log.event_number,
  raw_log.opened_at,
  raw_log.sys_created_at,
  raw_log.sys_updated_at,
  raw_log.resolved_at,
  raw_log.closed_at
FROM {{source "servicenow" "incident_log"}} AS raw_log
INNER JOIN {{ref "stg_incident_events"}} AS staged ON raw_log.event_number = staged.event_number
WHERE (raw_log.opened_at <> '?' AND staged.opened_at IS NULL)
  OR (raw_log.sys_created_at <> '?' AND staged.created_at IS NULL)
  OR (raw_log.sys_updated_at <> '?' AND staged.updated_at IS NULL)
  OR (raw_log.resolved_at <> '?' AND staged.resolved_at IS NULL)
  OR (raw_log.closed_at <> '?' AND staged.closed_at IS NULL)
