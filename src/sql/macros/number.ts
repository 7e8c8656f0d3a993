/** Numbers. Quotients and averages are DECIMAL(38, 12), so that a half is a half when it is rounded. */
export const NUMBER_MACROS: readonly string[] = [
  `sla_max(a VARCHAR) AS arg_max(a, sla_key(a)), (a) AS max(a)`,
  `sla_min(a VARCHAR) AS arg_min(a, sla_key(a)), (a) AS min(a)`,
  `sla_greatest(a VARCHAR, b VARCHAR) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a >= b THEN a ELSE b END,
   (a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE greatest(a, b) END`,
  `sla_least(a VARCHAR, b VARCHAR) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN a <= b THEN a ELSE b END,
   (a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE least(a, b) END`,
  `sla_wide(a BIGINT) AS a, (a) AS a`,
  // MySQL rounds exact numbers half away from zero and approximate ones half to even.
  `sla_round(a, d) AS CASE WHEN typeof(a) = 'DOUBLE'
     THEN cast_to_type(round_even(CAST(a AS DOUBLE), d), round(a, d)) ELSE round(a, d) END`,
  `sla_truncate(a, d) AS cast_to_type(trunc(CAST(a AS DECIMAL(38, 12)) * CAST(power(10, d) AS DECIMAL(20, 8)))
     / CAST(power(10, d) AS DECIMAL(20, 8)), round(a, d))`,
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
  `sla_signed(a VARCHAR) AS CASE WHEN a IS NULL THEN NULL
     ELSE coalesce(TRY_CAST(regexp_extract(a, '^\\s*([+-]?[0-9]+)', 1) AS BIGINT), 0) END,
   (a) AS CASE WHEN typeof(a) = 'DOUBLE' THEN CAST(round_even(CAST(a AS DOUBLE), 0) AS BIGINT) ELSE CAST(round(a, 0) AS BIGINT) END`,
  `sla_double(a VARCHAR) AS CASE WHEN a IS NULL THEN NULL
     ELSE coalesce(TRY_CAST(regexp_extract(a, '^\\s*([+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?)', 1) AS DOUBLE), 0) END,
   (a) AS CAST(a AS DOUBLE)`,
  // t is a NULL of the type wanted.
  `sla_decimal(a VARCHAR, t) AS CASE WHEN a IS NULL THEN NULL ELSE cast_to_type(coalesce(nullif(
     regexp_extract(a, '^\\s*([+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+))', 1), ''), '0'), t) END,
   (a, t) AS CASE WHEN typeof(a) = 'DOUBLE' THEN cast_to_type(CAST(a AS DECIMAL(38, 12)), t) ELSE cast_to_type(a, t) END`,
];
