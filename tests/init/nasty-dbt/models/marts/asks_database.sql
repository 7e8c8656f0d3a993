select 1 as one
{% set found = run_query("select 1") %}
, {{ found.columns[0] }}
, {{ dbt_utils.star(from=ref('stg_sales')) }}
