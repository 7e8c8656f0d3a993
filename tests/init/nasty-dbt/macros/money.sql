{# Money from cents. #}
{% macro money(column_name, scale=2) -%}
  cast({{ column_name }} / 100 as decimal(16, {{ scale }}))
{%- endmacro %}

{% macro regions() %}{{ return(['north', 'south']) }}{% endmacro %}

{% macro shout(word) %}{{ word | upper }}{% endmacro %}

{% macro total_of(columns, alias='total') %}({{ columns | join(' + ') }}) as {{ alias }}{% endmacro %}

{% macro label() %}{{ return(adapter.dispatch('label', 'nasty')()) }}{% endmacro %}
{% macro default__label() %}'default'{% endmacro %}
{% macro snowflake__label() %}'flake'{% endmacro %}

{% macro asks() %}{% set found = run_query('select 1') %}{{ found }}{% endmacro %}

{% macro generate_schema_name(custom, node) %}{{ custom }}{% endmacro %}
