{{
  config(
    materialized = 'incremental',
    unique_key = ['region'],
    enabled = target.name != 'nowhere'
  )
}}
{# every region: one part #}
{% for region in regions() -%}
select
    '{{ region }}' as region,
    '{{ shout(region) }}' as shouted,
    '{{ region | title ~ "!" }}' as titled,
    {{ loop.index }} as place,
    sum(amount) as amount,
    {{ dbt_utils.generate_surrogate_key(['region', 'label']) }} as region_key,
    {{ dbt.date_trunc('month', 'max(placed_on)') }} as latest_month,
    {{ dbt.datediff('min(placed_on)', 'max(placed_on)', 'day') }} as days
from {{ ref('stg_' ~ 'sales') }}
where region = '{{ region }}'
{%- if is_incremental() %}
  and placed_on > (select max(latest_month) from {{ this }})
{%- endif %}
group by region, label
{% if not loop.last %}union all{% endif %}
{% endfor %}
