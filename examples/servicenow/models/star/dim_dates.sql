-- Whole years, from the one of the first opening to the one of the last closing, so that every date of the facts is in it.
WITH RECURSIVE limits AS (
  SELECT
    YEAR(MIN(opened_at)) AS first_year,
    YEAR(MAX(COALESCE(closed_at, resolved_at, opened_at))) AS last_year
  FROM {{ref "stg_incidents"}}
),

days AS (
  SELECT
    CAST(CONCAT(CAST(first_year AS CHAR), '-01-01') AS DATE) AS date_day,
    last_year
  FROM limits
  UNION ALL
  SELECT
    DATE_ADD(date_day, INTERVAL 1 DAY),
    last_year
  FROM days
  WHERE YEAR(DATE_ADD(date_day, INTERVAL 1 DAY)) <= last_year
)

SELECT
  date_day,
  YEAR(date_day) AS year_number,
  QUARTER(date_day) AS quarter_number,
  MONTH(date_day) AS month_number,
  DATE_FORMAT(date_day, '%b') AS month_name,
  DATE_FORMAT(date_day, '%Y-%m') AS year_month_name,
  DATE_FORMAT(date_day, '%x-W%v') AS iso_week,
  DAY(date_day) AS day_of_month,
  WEEKDAY(date_day) AS weekday_number,
  DATE_FORMAT(date_day, '%a') AS weekday_name,
  CASE WHEN WEEKDAY(date_day) >= 5 THEN 1 ELSE 0 END AS is_weekend,
  CASE WHEN date_day = LAST_DAY(date_day) THEN 1 ELSE 0 END AS is_month_end
FROM days
