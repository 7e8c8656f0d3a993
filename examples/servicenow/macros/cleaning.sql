{{!-- Text of the log: a question mark stands for "not known", and identifiers hold blanks twice. --}}
{{#macro known_text value}}NULLIF(TRIM(REPLACE(REPLACE({{value}}, '  ', ' '), '  ', ' ')), '?'){{/macro}}

{{!-- A time of the log: day first, day and month without leading zeros, to the minute. --}}
{{#macro log_time value}}STR_TO_DATE(NULLIF({{value}}, '?'), '%d/%m/%Y %H:%i'){{/macro}}

{{!-- 1 and 0 from the log's true and false; NULL for anything else. --}}
{{#macro yes_no value}}CASE {{value}} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END{{/macro}}

{{!-- A count of the log as a number. --}}
{{#macro log_count value}}CAST(NULLIF({{value}}, '?') AS SIGNED){{/macro}}

{{!-- The 3 of "3 - Moderate". --}}
{{#macro level_code value}}CAST(SUBSTRING_INDEX(NULLIF({{value}}, '?'), ' - ', 1) AS SIGNED){{/macro}}

{{!-- The Moderate of "3 - Moderate". --}}
{{#macro level_name value}}SUBSTRING_INDEX(NULLIF({{value}}, '?'), ' - ', -1){{/macro}}
