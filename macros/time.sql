{{!-- The moment of the export: open tickets age up to it. --}}
{{#macro as_of}}CAST({{literal (var "as_of")}} AS DATETIME){{/macro}}

{{!-- Hours between two times, to a ten-thousandth. --}}
{{#macro hours_between start end}}CAST(TIMESTAMPDIFF(SECOND, {{start}}, {{end}}) / 3600 AS DECIMAL(12, 4)){{/macro}}
