-- Each incident between the one before it and the one after it of the same caller in the same category, where the log knows both.
WITH history AS (
  SELECT
    facts.incident_number,
    facts.caller_id,
    categories.category,
    facts.opened_at,
    facts.resolved_at,
    LAG(facts.incident_number) OVER one_after_the_other AS previous_incident_number,
    LAG(facts.opened_at) OVER one_after_the_other AS previous_opened_at,
    LAG(facts.resolved_at) OVER one_after_the_other AS previous_resolved_at,
    LEAD(facts.opened_at) OVER one_after_the_other AS next_opened_at
  FROM {{ref "fact_incidents"}} AS facts
  INNER JOIN {{ref "dim_categories"}} AS categories ON facts.category_path = categories.category_path
  WHERE facts.caller_id <> 'Unknown' AND categories.category <> 'Unknown'
  WINDOW one_after_the_other AS (
    PARTITION BY facts.caller_id, categories.category
    ORDER BY facts.opened_at, facts.incident_number
  )
),

judged AS (
  SELECT
    history.*,
    CASE WHEN TIMESTAMPDIFF(MINUTE, previous_opened_at, opened_at) <= 1440 THEN 1 ELSE 0 END AS is_repeat
  FROM history
  -- Most incidents stand alone and are done with here.
  WHERE TIMESTAMPDIFF(MINUTE, previous_opened_at, opened_at) <= 1440
    OR TIMESTAMPDIFF(MINUTE, opened_at, next_opened_at) <= 1440
),

-- An incident that repeats nothing begins a chain; those that repeat go on with it.
numbered AS (
  SELECT
    judged.*,
    SUM(1 - is_repeat) OVER (
      PARTITION BY caller_id, category
      ORDER BY opened_at, incident_number
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS chain_number
  FROM judged
),

chained AS (
  SELECT
    numbered.*,
    FIRST_VALUE(incident_number) OVER (
      PARTITION BY caller_id, category, chain_number
      ORDER BY opened_at, incident_number
    ) AS first_incident_number,
    ROW_NUMBER() OVER (
      PARTITION BY caller_id, category, chain_number
      ORDER BY opened_at, incident_number
    ) AS chain_position,
    COUNT(*) OVER (PARTITION BY caller_id, category, chain_number) AS chain_length
  FROM numbered
)

SELECT
  incident_number,
  previous_incident_number,
  caller_id,
  category,
  opened_at,
  previous_opened_at,
  {{hours_between "previous_opened_at" "opened_at"}} AS gap_hours,
  CASE WHEN previous_resolved_at <= opened_at THEN 1 ELSE 0 END AS is_after_resolution,
  first_incident_number,
  chain_position,
  chain_length
FROM chained
WHERE is_repeat = 1
