select region as "Region name", sum(amount)::int as amount
from {{ ref('stg_sales') }}
group by region
