{{config materialized="incremental" unique_key="order_id" primary_key="order_id"}}

WITH totals AS (
  SELECT
    order_id,
    SUM(quantity) AS items,
    SUM(amount) AS amount
  FROM {{ref "stg_order_lines"}}
  GROUP BY order_id
)

SELECT
  o.order_id,
  o.customer_id,
  c.city,
  o.status,
  o.ordered_at,
  o.ordered_on,
  COALESCE(t.items, 0) AS items,
  COALESCE(t.amount, 0) AS amount
FROM {{ref "stg_orders"}} AS o
INNER JOIN {{ref "stg_customers"}} AS c ON c.customer_id = o.customer_id
LEFT JOIN totals AS t ON t.order_id = o.order_id
{{#if is_incremental}}
-- From the second build on: what is new since then. `sla build --full-refresh` takes in everything again.
WHERE o.ordered_at >= (SELECT MAX(ordered_at) FROM {{this}})
{{/if}}
