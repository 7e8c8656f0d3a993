{% snapshot sales_history %}
{{ config(target_schema='snapshots', unique_key='id', strategy='check', check_cols=['region', 'amount']) }}
select id, region, amount from {{ ref('stg_sales') }}
{% endsnapshot %}
