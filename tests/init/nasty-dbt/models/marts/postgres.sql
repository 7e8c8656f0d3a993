select
    region as "Region name",
    sum(amount)::int as amount,
    max(amount) over (order by region)::int as most,
    count(*) filter (where amount > 1) as many
from {{ ref('stg_sales') }}
group by 1
