-- Each ticket between the one before it and the one after it of the same user about the same system.
WITH history AS (
  SELECT
    ticket_id,
    customer_id,
    system_code,
    created_at,
    closed_at,
    fix_type,
    LAG(ticket_id) OVER one_after_the_other AS previous_ticket_id,
    LAG(created_at) OVER one_after_the_other AS previous_created_at,
    LAG(closed_at) OVER one_after_the_other AS previous_closed_at,
    LAG(fix_type) OVER one_after_the_other AS previous_fix_type,
    LEAD(created_at) OVER one_after_the_other AS next_created_at
  FROM {{ref "fact_tickets"}}
  WINDOW one_after_the_other AS (PARTITION BY customer_id, system_code ORDER BY created_at, ticket_id)
),

judged AS (
  SELECT
    history.*,
    CASE WHEN TIMESTAMPDIFF(SECOND, previous_created_at, created_at) <= 86400 THEN 1 ELSE 0 END AS is_repeat
  FROM history
  -- Most tickets stand alone and are done with here.
  WHERE TIMESTAMPDIFF(SECOND, previous_created_at, created_at) <= 86400
    OR TIMESTAMPDIFF(SECOND, created_at, next_created_at) <= 86400
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
