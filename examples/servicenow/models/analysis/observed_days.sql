-- From the first opening to the last thing that the log tells of an incident, without a gap.
WITH limits AS (
  SELECT
    MIN(opened_date) AS first_day,
    MAX(GREATEST(opened_date, COALESCE(resolved_date, opened_date), COALESCE(closed_date, opened_date))) AS last_day
  FROM {{ref "fact_incidents"}}
)

SELECT
  dates.date_day,
  DATE_SUB(dates.date_day, INTERVAL dates.day_of_month - 1 DAY) AS month_start_date
FROM {{ref "dim_dates"}} AS dates
INNER JOIN limits ON dates.date_day >= limits.first_day AND dates.date_day <= limits.last_day
