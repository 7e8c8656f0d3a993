-- Each ticket has its figures and its owner: no join of the star may lose one, or double it.
SELECT staged_rows, fact_rows, fact_keys
FROM (
  SELECT
    (SELECT COUNT(*) FROM {{ref "stg_tickets"}}) AS staged_rows,
    (SELECT COUNT(*) FROM {{ref "fact_tickets"}}) AS fact_rows,
    (SELECT COUNT(DISTINCT ticket_id) FROM {{ref "fact_tickets"}}) AS fact_keys
) AS counts
WHERE staged_rows <> fact_rows OR staged_rows <> fact_keys
