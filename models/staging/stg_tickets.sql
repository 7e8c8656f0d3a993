-- The export has some rows twice, and some in an earlier state too: where one is closed, that one counts.
WITH versions AS (
  SELECT
    raw.*,
    ROW_NUMBER() OVER (
      PARTITION BY ticket_id
      ORDER BY CASE WHEN TRIM(closed_at) <> '' THEN 0 ELSE 1 END
    ) AS version
  FROM {{source "helpdesk" "tickets"}} AS raw
),

cleaned AS (
  SELECT
    ticket_id,
    UPPER(TRIM(customer_id)) AS customer_id,
    {{clean_text "subject"}} AS subject,
    NULLIF(TRIM(body), '') AS body,
    {{parse_time "created_at"}} AS created_at,
    {{parse_time "closed_at"}} AS closed_at,
    {{capitalised "status"}} AS status,
    {{capitalised "priority"}} AS priority,
    {{capitalised "category"}} AS category,
    {{clean_text "`system`"}} AS system_name,
    {{capitalised "REPLACE(channel, '-', '')"}} AS channel
  FROM versions
  WHERE version = 1
)

SELECT
  cleaned.ticket_id,
  cleaned.customer_id,
  cleaned.subject,
  cleaned.body,
  cleaned.created_at,
  cleaned.closed_at,
  cleaned.status,
  cleaned.priority,
  cleaned.category,
  systems.system_code,
  systems.system_name,
  cleaned.channel
FROM cleaned
LEFT JOIN {{ref "systems"}} AS systems ON cleaned.system_name = systems.system_name
