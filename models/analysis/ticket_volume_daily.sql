WITH volumes AS (
  SELECT
    created_date,
    COUNT(*) AS tickets
  FROM {{ref "fact_tickets"}}
  GROUP BY created_date
),

counted AS (
  SELECT
    days.date_day,
    days.is_complete,
    COALESCE(volumes.tickets, 0) AS tickets
  FROM {{ref "observed_days"}} AS days
  LEFT JOIN volumes ON days.date_day = volumes.created_date
),

rolled AS (
  SELECT
    date_day,
    is_complete,
    tickets,
    SUM(tickets) OVER (ORDER BY date_day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS tickets_to_date,
    SUM(tickets) OVER (ORDER BY date_day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS tickets_7_days,
    COUNT(*) OVER (ORDER BY date_day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS days_in_window
  FROM counted
)

SELECT
  date_day,
  is_complete,
  tickets,
  tickets_to_date,
  tickets_7_days,
  days_in_window,
  -- Seven whole days or none: an average of fewer, or of a day that is not over, would follow weekdays, not the trend.
  CASE WHEN days_in_window = 7 AND is_complete = 1 THEN CAST(tickets_7_days / 7 AS DECIMAL(12, 6)) END AS average_7_days
FROM rolled
