-- One fact for each incident of the file, and as many breaches as there are incidents whose last line says made_sla = false.
WITH numbered AS (
  SELECT
    `number` AS incident_number,
    made_sla,
    ROW_NUMBER() OVER (PARTITION BY `number` ORDER BY event_number DESC) AS place
  FROM {{source "servicenow" "incident_log"}}
),

expected AS (
  SELECT
    COUNT(*) AS incidents,
    SUM(CASE WHEN made_sla = 'false' THEN 1 ELSE 0 END) AS breached
  FROM numbered
  WHERE place = 1
),

found AS (
  SELECT
    COUNT(*) AS incidents,
    SUM(is_sla_breached) AS breached,
    SUM(event_count) AS events
  FROM {{ref "fact_incidents"}}
),

log_lines AS (
  SELECT COUNT(*) AS events
  FROM {{source "servicenow" "incident_log"}}
)

SELECT
  expected.incidents AS incidents_in_log,
  found.incidents AS incidents_in_facts,
  expected.breached AS breached_in_log,
  found.breached AS breached_in_facts,
  log_lines.events AS events_in_log,
  found.events AS events_in_facts
FROM expected
CROSS JOIN found
CROSS JOIN log_lines
WHERE expected.incidents <> found.incidents
  OR expected.breached <> found.breached
  OR log_lines.events <> found.events
