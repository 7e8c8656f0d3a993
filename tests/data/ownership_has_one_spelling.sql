-- Two spellings of one name or word would be one to a collation and two to a hash.
SELECT engineer_name, fix_type, COUNT(DISTINCT SHA2(engineer_name, 256)) AS name_spellings
FROM {{ref "stg_ticket_ownership"}}
GROUP BY engineer_name, fix_type
HAVING COUNT(DISTINCT SHA2(engineer_name, 256)) > 1 OR COUNT(DISTINCT SHA2(fix_type, 256)) > 1
