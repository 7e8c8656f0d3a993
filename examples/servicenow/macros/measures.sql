{{!-- Where an incident has no such member, the star has one of this name: joins lose no incident. --}}
{{#macro or_unknown value}}COALESCE({{value}}, 'Unknown'){{/macro}}

{{!-- Category and subcategory as one key. --}}
{{#macro category_path category subcategory}}CONCAT({{or_unknown category}}, ' / ', {{or_unknown subcategory}}){{/macro}}

{{!-- Hours between two times of the log, which are exact to the minute. --}}
{{#macro hours_between start end}}CAST(TIMESTAMPDIFF(MINUTE, {{start}}, {{end}}) / 60 AS DECIMAL(12, 4)){{/macro}}
