import { sortKey } from "./sort-key.js";

/** Text, as utf8mb4_0900_ai_ci compares it and MySQL prints it. */
export const TEXT_MACROS: readonly string[] = [
  // What is equal without case and accents has one key, and keys sort as MySQL sorts the text; what is no text is its own key.
  `sla_key(a) AS ${sortKey("a")}`,
  // The same, character by character, for searching in text.
  `sla_fold(a) AS lower(strip_accents(a))`,
  // The servers know no capital ß.
  `sla_upper(a) AS replace(upper(a), 'ẞ', 'ß')`,
  `sla_text(a) AS CASE typeof(a)
     WHEN 'DOUBLE' THEN regexp_replace(CAST(a AS VARCHAR), '\\.0$', '')
     WHEN 'BOOLEAN' THEN CAST(TRY_CAST(a AS INTEGER) AS VARCHAR)
     ELSE CAST(a AS VARCHAR) END`,
  `sla_like(a, b, c) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE (sla_fold(a) LIKE sla_fold(b) ESCAPE c) END`,
  `sla_ascii(a) AS CASE WHEN a = '' THEN 0 ELSE CAST('0x' || left(hex(encode(a)), 2) AS INTEGER) END`,
  `sla_hex(a) AS CASE WHEN typeof(a) = 'VARCHAR' THEN hex(encode(CAST(a AS VARCHAR))) ELSE to_hex(TRY_CAST(a AS BIGINT)) END`,
  `sla_left(a, n) AS CASE WHEN a IS NULL THEN NULL WHEN n <= 0 THEN '' ELSE left(a, CAST(n AS BIGINT)) END`,
  `sla_right(a, n) AS CASE WHEN a IS NULL THEN NULL WHEN n <= 0 THEN '' ELSE right(a, CAST(n AS BIGINT)) END`,
  `sla_substring(a, p) AS CASE WHEN a IS NULL OR p IS NULL THEN NULL
     WHEN p = 0 OR -p > length(a) THEN '' ELSE substring(a, CAST(p AS BIGINT)) END,
   (a, p, n) AS CASE WHEN a IS NULL OR p IS NULL OR n IS NULL THEN NULL
     WHEN n <= 0 OR p = 0 OR -p > length(a) THEN '' ELSE substring(a, CAST(p AS BIGINT), CAST(n AS BIGINT)) END`,
  `sla_substring_index(a, d, n) AS CASE WHEN a IS NULL OR d IS NULL OR n IS NULL THEN NULL
     WHEN d = '' OR n = 0 THEN ''
     WHEN n > 0 THEN array_to_string(list_slice(string_split(a, d), 1, CAST(n AS BIGINT)), d)
     ELSE array_to_string(list_slice(string_split(a, d),
       greatest(len(string_split(a, d)) + CAST(n AS BIGINT) + 1, 1), len(string_split(a, d))), d) END`,
  `sla_lpad(a, n, p) AS CASE WHEN n < 0 THEN NULL WHEN length(a) >= n THEN left(a, CAST(n AS BIGINT)) WHEN p = '' THEN ''
     ELSE lpad(a, CAST(n AS INTEGER), p) END`,
  `sla_rpad(a, n, p) AS CASE WHEN n < 0 THEN NULL WHEN length(a) >= n THEN left(a, CAST(n AS BIGINT)) WHEN p = '' THEN ''
     ELSE rpad(a, CAST(n AS INTEGER), p) END`,
  `sla_repeat(a, n) AS CASE WHEN a IS NULL THEN NULL WHEN n <= 0 THEN '' ELSE repeat(a, CAST(n AS BIGINT)) END`,
  `sla_locate(b, a, p) AS CASE WHEN a IS NULL OR b IS NULL OR p IS NULL THEN NULL
     WHEN p <= 0 OR p > length(a) + 1 THEN 0
     WHEN instr(substring(a, CAST(p AS BIGINT)), b) = 0 THEN 0
     ELSE instr(substring(a, CAST(p AS BIGINT)), b) + CAST(p AS BIGINT) - 1 END`,
  `sla_find_in_set(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN b = '' THEN 0
     ELSE coalesce(list_position(string_split(sla_fold(b), ','), sla_fold(a)), 0) END`,
  `sla_regexp_instr(a, r) AS CASE WHEN a IS NULL THEN NULL WHEN NOT regexp_matches(a, r) THEN 0
     ELSE instr(a, regexp_extract(a, r)) END`,
  // The values of a group, one of each that the collation keeps apart, in its order.
  `sla_one_of_each(l) AS list_filter(l, lambda x, i: i = 1 OR x.k <> l[i - 1].k)`,
  // NULL sorts as zero or as the empty text inside GROUP_CONCAT, on both servers.
  `sla_concat_key(a) AS coalesce(a, cast_to_type(CASE typeof(a) WHEN 'VARCHAR' THEN '' WHEN 'DATE' THEN '0001-01-01'
     WHEN 'TIMESTAMP' THEN '0001-01-01' ELSE '0' END, a))`,
  `sla_join_distinct(l, s, d) AS CASE WHEN list_count(l) = 0 THEN NULL ELSE array_to_string(list_transform(sla_one_of_each(list_sort(list_transform(
     list_filter(l, lambda x: x IS NOT NULL), lambda x: {'k': sla_key(x), 'v': sla_text(x)}), d)), lambda x: x.v), s) END`,
];
