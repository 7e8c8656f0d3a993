-- A ticket is answered in time or late. It is late, too, while nobody has answered and its target has run out; before that, nothing is
-- known of it yet.
WITH timed AS (
  SELECT
    dates.month_start_date,
    tickets.priority,
    tickets.first_response_minutes,
    CASE WHEN tickets.first_response_minutes <= priorities.first_response_target_minutes THEN 1 ELSE 0 END AS is_in_time,
    CASE
      WHEN tickets.first_response_minutes > priorities.first_response_target_minutes THEN 1
      WHEN tickets.first_response_minutes IS NULL
        AND TIMESTAMPDIFF(SECOND, tickets.created_at, {{as_of}}) > 60 * priorities.first_response_target_minutes THEN 1
      ELSE 0
    END AS is_late
  FROM {{ref "fact_tickets"}} AS tickets
  INNER JOIN {{ref "dim_priorities"}} AS priorities ON tickets.priority = priorities.priority
  INNER JOIN {{ref "dim_dates"}} AS dates ON tickets.created_date = dates.date_day
),

with_total AS (
  SELECT
    month_start_date,
    priority,
    first_response_minutes,
    is_in_time,
    is_late
  FROM timed
  UNION ALL
  SELECT
    month_start_date,
    'All',
    first_response_minutes,
    is_in_time,
    is_late
  FROM timed
),

-- Unanswered tickets come after the answered ones, so that they keep no place among them.
ranked AS (
  SELECT
    with_total.*,
    ROW_NUMBER() OVER (
      PARTITION BY month_start_date, priority
      ORDER BY first_response_minutes IS NULL, first_response_minutes
    ) AS place,
    COUNT(first_response_minutes) OVER (PARTITION BY month_start_date, priority) AS places
  FROM with_total
)

SELECT
  month_start_date,
  priority,
  COUNT(*) AS tickets,
  COUNT(first_response_minutes) AS answered,
  COALESCE(SUM(first_response_minutes), 0) AS response_minutes,
  CAST(AVG(first_response_minutes) AS DECIMAL(12, 4)) AS mean_minutes,
  {{median "first_response_minutes" "place" "places"}} AS median_minutes,
  {{percentile "first_response_minutes" 0.9 "place" "places"}} AS p90_minutes,
  SUM(is_in_time) AS in_time,
  SUM(is_late) AS late,
  CAST(100 * SUM(is_in_time) / NULLIF(SUM(is_in_time) + SUM(is_late), 0) AS DECIMAL(9, 6)) AS in_time_percent
FROM ranked
GROUP BY month_start_date, priority
