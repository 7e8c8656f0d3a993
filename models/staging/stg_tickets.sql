WITH cleaned AS (
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
    {{clean_text "`system`"}} AS raw_system,
    {{capitalised "REPLACE(channel, '-', '')"}} AS channel
  FROM {{source "helpdesk" "tickets"}}
),

-- The export has some rows twice, and some in an earlier state too: the latest state counts.
versions AS (
  SELECT
    cleaned.*,
    ROW_NUMBER() OVER (
      PARTITION BY ticket_id
      ORDER BY
        CASE status WHEN 'Closed' THEN 4 WHEN 'Resolved' THEN 3 WHEN 'Pending' THEN 2 ELSE 1 END DESC,
        closed_at DESC,
        created_at DESC
    ) AS version
  FROM cleaned
)

SELECT
  versions.ticket_id,
  versions.customer_id,
  versions.subject,
  versions.body,
  versions.created_at,
  versions.closed_at,
  versions.status,
  versions.priority,
  versions.category,
  systems.system_code,
  systems.system_name,
  versions.channel
FROM versions
LEFT JOIN {{ref "systems"}} AS systems ON versions.raw_system = systems.system_name
WHERE versions.version = 1
