{{!-- Text as people meant it: no stray spaces at its ends or doubled within, and nothing instead of an empty string. --}}
{{#macro clean_text value}}NULLIF(TRIM(REPLACE({{value}}, '  ', ' ')), ''){{/macro}}

{{!-- One word with a capital first letter, whatever case an export has made of it. --}}
{{#macro capitalised value}}CONCAT(UPPER(SUBSTRING(TRIM({{value}}), 1, 1)), LOWER(SUBSTRING(TRIM({{value}}), 2))){{/macro}}

{{!-- A time from the text of any upstream system: ISO with a space, ISO with T and Z, or day first with slashes. All are UTC. --}}
{{#macro parse_time value}}CAST(
      CASE
        WHEN SUBSTRING(TRIM({{value}}), 3, 1) = '/' THEN CONCAT(
          SUBSTRING(TRIM({{value}}), 7, 4), '-', SUBSTRING(TRIM({{value}}), 4, 2), '-', SUBSTRING(TRIM({{value}}), 1, 2),
          ' ', SUBSTRING(TRIM({{value}}), 12, 8)
        )
        ELSE NULLIF(REPLACE(REPLACE(TRIM({{value}}), 'T', ' '), 'Z', ''), '')
      END AS DATETIME
    ){{/macro}}

{{!-- 1 and 0 from what systems write for yes and no; NULL for anything else. --}}
{{#macro yes_no value}}CASE UPPER(TRIM({{value}}))
      WHEN '1' THEN 1 WHEN 'Y' THEN 1 WHEN 'TRUE' THEN 1
      WHEN '0' THEN 0 WHEN 'N' THEN 0 WHEN 'FALSE' THEN 0
    END{{/macro}}
