-- An order without a line is a mistake. Each row that comes back is a failure.
SELECT order_id
FROM {{ref "orders"}}
WHERE items = 0
