-- A caller has been where the latest of his or her incidents was.
WITH ranked AS (
  SELECT
    {{or_unknown "caller_id"}} AS caller_id,
    CASE WHEN caller_id IS NULL THEN 0 ELSE 1 END AS is_known,
    {{or_unknown "location"}} AS location,
    opened_at,
    ROW_NUMBER() OVER (PARTITION BY caller_id ORDER BY opened_at DESC, incident_number DESC) AS place
  FROM {{ref "stg_incidents"}}
),

spans AS (
  SELECT
    caller_id,
    DATE(MIN(opened_at)) AS first_incident_date,
    DATE(MAX(opened_at)) AS last_incident_date
  FROM ranked
  GROUP BY caller_id
)

SELECT
  ranked.caller_id,
  ranked.is_known,
  ranked.location AS last_location,
  spans.first_incident_date,
  spans.last_incident_date
FROM ranked
INNER JOIN spans ON ranked.caller_id = spans.caller_id
WHERE ranked.place = 1
