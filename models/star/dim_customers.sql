-- Internal users, as far as tickets tell of them. The home branch is the one that their impacts name most often.
WITH branches AS (
  SELECT
    tickets.customer_id,
    impact.region_code,
    ROW_NUMBER() OVER (
      PARTITION BY tickets.customer_id
      ORDER BY COUNT(*) DESC, impact.region_code
    ) AS place
  FROM {{ref "stg_business_impact"}} AS impact
  INNER JOIN {{ref "stg_tickets"}} AS tickets ON impact.ticket_id = tickets.ticket_id
  INNER JOIN {{ref "regions"}} AS regions ON impact.region_code = regions.region_code
  WHERE regions.region_type = 'Branch'
  GROUP BY tickets.customer_id, impact.region_code
),

customers AS (
  SELECT
    customer_id,
    DATE(MIN(created_at)) AS first_ticket_date,
    DATE(MAX(created_at)) AS last_ticket_date
  FROM {{ref "stg_tickets"}}
  GROUP BY customer_id
)

SELECT
  customers.customer_id,
  COALESCE(branches.region_code, 'NONE') AS home_region_code,
  customers.first_ticket_date,
  customers.last_ticket_date
FROM customers
LEFT JOIN branches ON customers.customer_id = branches.customer_id AND branches.place = 1
