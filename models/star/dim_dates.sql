-- Whole years, from the first ticket's to the one of the export, so that every date of the warehouse is in it.
WITH limits AS (
  SELECT
    DATE_SUB(DATE(MIN(created_at)), INTERVAL DAYOFYEAR(MIN(created_at)) - 1 DAY) AS first_day,
    DATE_ADD(LAST_DAY(DATE_ADD({{as_of}}, INTERVAL 12 - MONTH({{as_of}}) MONTH)), INTERVAL 1 DAY) AS end_day
  FROM {{ref "stg_tickets"}}
),

days AS (
  {{date_spine "(SELECT first_day FROM limits)" "(SELECT end_day FROM limits)"}}
)

SELECT
  date_day,
  YEAR(date_day) AS year_number,
  QUARTER(date_day) AS quarter_number,
  MONTH(date_day) AS month_number,
  DATE_FORMAT(date_day, '%b') AS month_name,
  DATE_FORMAT(date_day, '%Y-%m') AS year_month_name,
  DATE_SUB(date_day, INTERVAL DAY(date_day) - 1 DAY) AS month_start_date,
  DATE_FORMAT(date_day, '%x-W%v') AS iso_week,
  DATE_SUB(date_day, INTERVAL WEEKDAY(date_day) DAY) AS week_start_date,
  DAY(date_day) AS day_of_month,
  WEEKDAY(date_day) AS weekday_number,
  DATE_FORMAT(date_day, '%a') AS weekday_name,
  CASE WHEN WEEKDAY(date_day) >= 5 THEN 1 ELSE 0 END AS is_weekend,
  CASE WHEN date_day = LAST_DAY(date_day) THEN 1 ELSE 0 END AS is_month_end
FROM days
