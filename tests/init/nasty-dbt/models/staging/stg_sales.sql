{{ config(materialized='view', tags=['daily', "x"], meta={'owner': 'me'}, snowflake_warehouse='big') }}
{%- set cols = ['id', 'region'] -%}
select
    {% for col in cols %}{{ col }}{{ ", " if not loop.last }}{% endfor %},
    {{ money('amount_cents') }} as amount,
    {{ money('amount_cents', scale=0) }} as whole,
    {{ label() }} as label,
    placed_on
from {{ ref('nasty', 'raw_sales') }}
{% if var('since', none) is not none %}
where placed_on >= '{{ var("since") }}'
{% elif target.name == 'prod' and not is_incremental() %}
where placed_on is not null
{% endif %}
