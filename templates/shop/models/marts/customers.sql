{{config primary_key="customer_id"}}

WITH kept AS (
  SELECT
    customer_id,
    MIN(ordered_on) AS first_order_on,
    MAX(ordered_on) AS latest_order_on,
    COUNT(*) AS orders,
    SUM(amount) AS revenue
  FROM {{ref "orders"}}
  WHERE status <> 'returned'
  GROUP BY customer_id
)

SELECT
  c.customer_id,
  c.customer_name,
  c.city,
  k.first_order_on,
  k.latest_order_on,
  COALESCE(k.orders, 0) AS orders,
  COALESCE(k.revenue, 0) AS revenue,
  CASE
    WHEN k.orders >= {{var "regular_orders"}} THEN 'regular'
    WHEN k.orders > 0 THEN 'occasional'
    ELSE 'no order yet'
  END AS segment
FROM {{ref "stg_customers"}} AS c
LEFT JOIN kept AS k ON k.customer_id = c.customer_id
