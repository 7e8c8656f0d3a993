-- Each ticket beside the one before it of the same user about the same system.
WITH history AS (
  SELECT
    ticket_id,
    customer_id,
    system_code,
    created_at,
    closed_at,
    fix_type,
    LAG(ticket_id) OVER (PARTITION BY customer_id, system_code ORDER BY created_at, ticket_id) AS previous_ticket_id,
    LAG(created_at) OVER (PARTITION BY customer_id, system_code ORDER BY created_at, ticket_id) AS previous_created_at,
    LAG(closed_at) OVER (PARTITION BY customer_id, system_code ORDER BY created_at, ticket_id) AS previous_closed_at,
    LAG(fix_type) OVER (PARTITION BY customer_id, system_code ORDER BY created_at, ticket_id) AS previous_fix_type
  FROM {{ref "fact_tickets"}}
),

judged AS (
  SELECT
    history.*,
    CASE WHEN TIMESTAMPDIFF(SECOND, previous_created_at, created_at) <= 86400 THEN 1 ELSE 0 END AS is_repeat
  FROM history
),

-- A ticket that repeats nothing begins a chain; those that repeat go on with it.
numbered AS (
  SELECT
    judged.*,
    SUM(1 - is_repeat) OVER (
      PARTITION BY customer_id, system_code
      ORDER BY created_at, ticket_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS chain_number
  FROM judged
),

chained AS (
  SELECT
    numbered.*,
    FIRST_VALUE(ticket_id) OVER (
      PARTITION BY customer_id, system_code, chain_number
      ORDER BY created_at, ticket_id
    ) AS first_ticket_id,
    ROW_NUMBER() OVER (
      PARTITION BY customer_id, system_code, chain_number
      ORDER BY created_at, ticket_id
    ) AS chain_position,
    COUNT(*) OVER (PARTITION BY customer_id, system_code, chain_number) AS chain_length
  FROM numbered
)

SELECT
  ticket_id,
  previous_ticket_id,
  customer_id,
  system_code,
  created_at,
  previous_created_at,
  {{hours_between "previous_created_at" "created_at"}} AS gap_hours,
  CASE WHEN previous_closed_at <= created_at THEN 1 ELSE 0 END AS is_after_fix,
  CASE WHEN previous_closed_at <= created_at THEN previous_fix_type END AS failed_fix_type,
  first_ticket_id,
  chain_position,
  chain_length
FROM chained
WHERE is_repeat = 1
