select count(*) from {{ ref('stg_sales') }} where region in ({% for r in var('regions') %}'{{ r }}'{{ "," if not loop.last else "" }}{% endfor %})
