{%- set amounts = [] -%}
{%- for region in var_regions | default(['north', 'south']) -%}
  {%- do amounts.append(region ~ '_amount') -%}
{%- endfor -%}
{% set names = {'north': 'N', 'south': 'S'} %}
select
  {% for region, letter in names.items() -%}
  sum(case when region = '{{ region }}' then amount else 0 end) as {{ amounts[loop.index0] }}_{{ letter }},
  {% endfor -%}
  {{ total_of(['1', '2']) }},
  {% for region in var('regions') %}count(case when region = '{{ region }}' then 1 end) as {{ region }}_count{% if not loop.last %},{% endif %}
  {% endfor %},
  '{{ run_started_at.strftime("%Y-%m-%d") }}' as built_on
from {{ ref('stg_sales') }}
where {{ var('least', 1) }} > 0 and region <> '{% raw %}{{ not a tag }}{% endraw %}'
