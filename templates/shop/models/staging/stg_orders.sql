SELECT
  id AS order_id,
  customer_id,
  status,
  ordered_at,
  DATE(ordered_at) AS ordered_on
FROM {{ref "raw_orders"}}
