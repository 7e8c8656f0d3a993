{{!-- The moment of the export: open tickets age up to it. --}}
{{#macro as_of}}CAST({{literal (var "as_of")}} AS DATETIME){{/macro}}

{{!-- Hours between two times, to a ten-thousandth. --}}
{{#macro hours_between start end}}CAST(TIMESTAMPDIFF(SECOND, {{start}}, {{end}}) / 3600 AS DECIMAL(12, 4)){{/macro}}

{{!-- Minutes from seconds, to a ten-thousandth: times 60 and rounded, they are the seconds again. --}}
{{#macro minutes seconds}}CAST(({{seconds}}) / 60 AS DECIMAL(14, 4)){{/macro}}

{{!-- Seconds that two spans of time have in common. --}}
{{#macro overlap_seconds start end other_start other_end}}GREATEST(
      0,
      TIMESTAMPDIFF(SECOND, GREATEST({{start}}, {{other_start}}), LEAST({{end}}, {{other_end}}))
    ){{/macro}}
