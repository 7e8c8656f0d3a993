WITH timed AS (
  SELECT
    days.month_start_date,
    priorities.priority_name,
    incidents.first_response_minutes
  FROM {{ref "fact_incidents"}} AS incidents
  INNER JOIN {{ref "observed_days"}} AS days ON incidents.opened_date = days.date_day
  INNER JOIN {{ref "dim_priorities"}} AS priorities ON incidents.priority_code = priorities.priority_code
),

with_total AS (
  SELECT
    month_start_date,
    priority_name,
    first_response_minutes
  FROM timed
  UNION ALL
  SELECT
    month_start_date,
    'All',
    first_response_minutes
  FROM timed
),

-- Unanswered incidents come after the answered ones, so that they keep no place among them.
ranked AS (
  SELECT
    with_total.*,
    ROW_NUMBER() OVER (
      PARTITION BY month_start_date, priority_name
      ORDER BY first_response_minutes IS NULL, first_response_minutes
    ) AS place,
    COUNT(first_response_minutes) OVER (PARTITION BY month_start_date, priority_name) AS places
  FROM with_total
)

SELECT
  month_start_date,
  priority_name,
  COUNT(*) AS incidents,
  COUNT(first_response_minutes) AS answered,
  SUM(CASE WHEN first_response_minutes < 0 THEN 1 ELSE 0 END) AS answered_before_opening,
  COALESCE(SUM(first_response_minutes), 0) AS response_minutes,
  CAST(AVG(first_response_minutes) AS DECIMAL(12, 4)) AS mean_minutes,
  {{median "first_response_minutes" "place" "places"}} AS median_minutes,
  {{percentile "first_response_minutes" 0.9 "place" "places"}} AS p90_minutes
FROM ranked
GROUP BY month_start_date, priority_name
