-- Whole years, from the first ticket's to the one of the export, so that every date of the warehouse is in it.
WITH digits AS (
  SELECT 0 AS digit
  UNION ALL SELECT 1
  UNION ALL SELECT 2
  UNION ALL SELECT 3
  UNION ALL SELECT 4
  UNION ALL SELECT 5
  UNION ALL SELECT 6
  UNION ALL SELECT 7
  UNION ALL SELECT 8
  UNION ALL SELECT 9
),

numbers AS (
  SELECT ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit + 10000 * tenthousands.digit AS n
  FROM digits AS ones
  CROSS JOIN digits AS tens
  CROSS JOIN digits AS hundreds
  CROSS JOIN digits AS thousands
  CROSS JOIN (SELECT digit FROM digits WHERE digit < 3) AS tenthousands
),

limits AS (
  SELECT
    DATE_SUB(DATE(MIN(created_at)), INTERVAL DAYOFYEAR(MIN(created_at)) - 1 DAY) AS first_day,
    YEAR({{as_of}}) AS last_year
  FROM {{ref "stg_tickets"}}
),

days AS (
  SELECT
    DATE_ADD(limits.first_day, INTERVAL numbers.n DAY) AS date_day,
    limits.last_year
  FROM limits
  CROSS JOIN numbers
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
WHERE YEAR(date_day) <= last_year
