/** JSON, as far as all engines read it alike. */
export const JSON_MACROS: readonly string[] = [
  `sla_json_unquote(a) AS CASE WHEN a IS NULL THEN NULL WHEN json_type(a) = 'NULL' THEN 'null'
     ELSE json_extract_string(a, '$') END`,
  `sla_json_length(a) AS CASE WHEN a IS NULL THEN NULL WHEN json_type(a) = 'ARRAY' THEN json_array_length(a)
     WHEN json_type(a) = 'OBJECT' THEN len(json_keys(a)) ELSE 1 END`,
  `sla_json_contains(a, b) AS json_contains(a, b)`,
  `sla_json_exists(a, p) AS CASE WHEN a IS NULL THEN NULL ELSE json_exists(a, p) END`,
];
