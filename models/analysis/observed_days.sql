-- From the first ticket's day to the one in which `as_of` lies, without a gap: a day on which nothing happened is a day, too.
SELECT
  date_day,
  month_start_date,
  TIMESTAMPDIFF(
    SECOND,
    CAST(date_day AS DATETIME),
    LEAST({{as_of}}, CAST(DATE_ADD(date_day, INTERVAL 1 DAY) AS DATETIME))
  ) AS observed_seconds,
  CASE WHEN DATE_ADD(date_day, INTERVAL 1 DAY) <= {{as_of}} THEN 1 ELSE 0 END AS is_complete
FROM {{ref "dim_dates"}}
WHERE date_day >= (SELECT MIN(created_date) FROM {{ref "fact_tickets"}})
  AND date_day < {{as_of}}
