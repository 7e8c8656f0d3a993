SELECT
  l.id AS line_id,
  l.order_id,
  p.product_id,
  p.product_name,
  l.quantity,
  l.quantity * p.price AS amount
FROM {{ref "raw_order_lines"}} AS l
INNER JOIN {{ref "stg_products"}} AS p ON p.product_id = l.product_id
