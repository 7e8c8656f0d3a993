SELECT
  id AS product_id,
  name AS product_name,
  {{cents_to_money "price_cents"}} AS price
FROM {{ref "raw_products"}}
