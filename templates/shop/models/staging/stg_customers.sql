SELECT
  id AS customer_id,
  TRIM(name) AS customer_name,
  email,
  city,
  joined_on
FROM {{ref "raw_customers"}}
