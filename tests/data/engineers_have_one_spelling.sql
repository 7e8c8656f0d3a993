-- Two spellings of one name would be one engineer to a collation and two to a hash.
SELECT engineer_name, COUNT(DISTINCT SHA2(engineer_name, 256)) AS spellings
FROM {{ref "stg_ticket_ownership"}}
WHERE engineer_name IS NOT NULL
GROUP BY engineer_name
HAVING COUNT(DISTINCT SHA2(engineer_name, 256)) > 1
