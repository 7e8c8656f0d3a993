/**
 * Numbers. Macros ask for types with `typeof` and `cast_to_type`, never with typed overloads: those are chosen before the types of
 * aggregates and windows are known, and then silently wrong.
 */
export const NUMBER_MACROS: readonly string[] = [
  // A quotient with 12 exact decimals: DuckDB divides approximately, so what is left over is divided once more.
  `sla_div(a, b) AS CAST(CAST(a / b AS DECIMAL(38, 6)) + CAST((a - CAST(a / b AS DECIMAL(38, 6)) * b) / b AS DECIMAL(38, 12))
     AS DECIMAL(38, 12))`,
  // Exact factors of 12 decimals each give 24, three 36: past 38 DuckDB gives up. MySQL keeps 30.
  `sla_mul(a, b) AS CAST(CAST(a AS DOUBLE) * CAST(b AS DOUBLE) AS DECIMAL(38, 12))`,
  `sla_max(a) AS arg_max(a, CASE WHEN typeof(a) = 'VARCHAR'
     THEN cast_to_type(icu_sort_key(CAST(a AS VARCHAR), 'und-u-ks-level1'), a) ELSE a END)`,
  `sla_min(a) AS arg_min(a, CASE WHEN typeof(a) = 'VARCHAR'
     THEN cast_to_type(icu_sort_key(CAST(a AS VARCHAR), 'und-u-ks-level1'), a) ELSE a END)`,
  // Comparing follows the collation, the functions greatest and least do not.
  `sla_greatest(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a >= b THEN a ELSE b END`,
  `sla_least(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a <= b THEN a ELSE b END`,
  // Whole numbers of any width, 64 bits wide.
  `sla_wide(a) AS cast_to_type(a, coalesce(a, CAST(NULL AS BIGINT)))`,
  // MySQL rounds exact numbers half away from zero and approximate ones half to even.
  `sla_round(a, d) AS CASE WHEN typeof(a) = 'DOUBLE'
     THEN cast_to_type(round_even(CAST(a AS DOUBLE), d), round(sla_wide(a), d)) ELSE round(sla_wide(a), d) END`,
  `sla_truncate(a, d) AS cast_to_type(trunc(CAST(a AS DECIMAL(38, 12)) * CAST(power(10, d) AS DECIMAL(20, 8)))
     / CAST(power(10, d) AS DECIMAL(20, 8)), round(sla_wide(a), d))`,
  `sla_int_div(a, b) AS CASE WHEN typeof(a) IN ('BIGINT', 'INTEGER', 'HUGEINT', 'SMALLINT', 'TINYINT')
       AND typeof(b) IN ('BIGINT', 'INTEGER', 'HUGEINT', 'SMALLINT', 'TINYINT') THEN CAST(a // b AS BIGINT)
     ELSE CAST(trunc(CAST(a / b AS DECIMAL(38, 12))) AS BIGINT) END`,
  `sla_format(a, d) AS format('{:,.' || d || 'f}', CAST(round(CAST(a AS DECIMAL(38, 12)), d) AS DOUBLE))`,
  `sla_sqrt(a) AS CASE WHEN a < 0 THEN NULL ELSE sqrt(a) END`,
  `sla_ln(a) AS CASE WHEN a <= 0 THEN NULL ELSE ln(a) END`,
  `sla_log(b, a) AS CASE WHEN a <= 0 OR b <= 0 OR b = 1 THEN NULL ELSE ln(a) / ln(b) END`,
  `sla_exp(a) AS exp(a)`,
  `sla_pow(a, b) AS power(a, b)`,
  // The number that a text starts with, as CAST(text AS SIGNED) reads it; exact numbers are rounded half away from zero.
  `sla_signed(a) AS CASE typeof(a)
     WHEN 'VARCHAR' THEN CASE WHEN a IS NULL THEN NULL
       ELSE coalesce(TRY_CAST(regexp_extract(CAST(a AS VARCHAR), '^\\s*([+-]?[0-9]+)', 1) AS BIGINT), 0) END
     WHEN 'DOUBLE' THEN CAST(round_even(CAST(a AS DOUBLE), 0) AS BIGINT)
     ELSE CAST(round(CAST(a AS DECIMAL(38, 12)), 0) AS BIGINT) END`,
  `sla_double(a) AS CASE WHEN typeof(a) = 'VARCHAR' THEN CASE WHEN a IS NULL THEN NULL ELSE coalesce(TRY_CAST(regexp_extract(
     CAST(a AS VARCHAR), '^\\s*([+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?)', 1) AS DOUBLE), 0) END
     ELSE CAST(a AS DOUBLE) END`,
  // t is a NULL of the type wanted.
  `sla_decimal(a, t) AS CASE typeof(a)
     WHEN 'VARCHAR' THEN CASE WHEN a IS NULL THEN NULL ELSE cast_to_type(coalesce(nullif(regexp_extract(
       CAST(a AS VARCHAR), '^\\s*([+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?)', 1), ''), '0'), t) END
     WHEN 'DOUBLE' THEN cast_to_type(CAST(a AS DECIMAL(38, 12)), t) ELSE cast_to_type(a, t) END`,
];
