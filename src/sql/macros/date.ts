const UNITS = ["microsecond", "second", "minute", "hour"] as const;

const MICROSECONDS: Readonly<Record<(typeof UNITS)[number] | "day" | "week", number>> = {
  microsecond: 1,
  second: 1_000_000,
  minute: 60_000_000,
  hour: 3_600_000_000,
  day: 86_400_000_000,
  week: 604_800_000_000,
};

/** Full units between two date-times, cut towards zero. */
const differences = Object.entries(MICROSECONDS).map(
  ([unit, size]) =>
    `sla_diff_${unit}(a, b) AS (epoch_us(CAST(b AS TIMESTAMP)) - epoch_us(CAST(a AS TIMESTAMP))) // CAST(${size} AS BIGINT)`,
);

/** A date stays a date when it moves by days and more. */
const shifts = [
  ...(["day", "week", "month", "quarter", "year"] as const).map(
    (unit) => `sla_add_${unit}(a, n) AS cast_to_type(a + to_${unit}s(CAST(round(n, 0) AS INTEGER)), a)`,
  ),
  ...(["minute", "hour"] as const).map(
    (unit) => `sla_add_${unit}(a, n) AS CAST(a AS TIMESTAMP) + to_${unit}s(CAST(round(n, 0) AS BIGINT))`,
  ),
  `sla_add_second(a, n) AS CAST(a AS TIMESTAMP) + to_microseconds(CAST(round(n * 1000000, 0) AS BIGINT))`,
  `sla_add_microsecond(a, n) AS CAST(a AS TIMESTAMP) + to_microseconds(CAST(round(n, 0) AS BIGINT))`,
];

/** MySQL's eight ways to number weeks: 0 to 7 say where a week starts, which week is the first, and if there is a week 0. */
const weeks: readonly string[] = [
  // The Wednesday of a week from Sunday to Saturday says to which year most of its days belong.
  `sla_wednesday(a) AS CAST(a AS DATE) + CAST(3 - dayofweek(a) AS INTEGER)`,
  `sla_week_0(a) AS CAST(strftime(CAST(a AS TIMESTAMP), '%U') AS INTEGER)`,
  `sla_week_1(a) AS CASE WHEN isoyear(a) < year(a) THEN 0 WHEN isoyear(a) > year(a) THEN 53 ELSE week(a) END`,
  `sla_week_2(a) AS CASE WHEN sla_week_0(a) > 0 THEN sla_week_0(a) ELSE sla_week_0(make_date(year(a) - 1, 12, 31)) END`,
  `sla_week_3(a) AS week(a)`,
  `sla_week_6(a) AS (dayofyear(sla_wednesday(a)) - 1) // 7 + 1`,
  `sla_week_4(a) AS CASE WHEN year(sla_wednesday(a)) < year(a) THEN 0 WHEN year(sla_wednesday(a)) > year(a) THEN 53
     ELSE sla_week_6(a) END`,
  `sla_week_5(a) AS CAST(strftime(CAST(a AS TIMESTAMP), '%W') AS INTEGER)`,
  `sla_week_7(a) AS CASE WHEN sla_week_5(a) > 0 THEN sla_week_5(a) ELSE sla_week_5(make_date(year(a) - 1, 12, 31)) END`,
  `sla_week_year_2(a) AS CAST(CASE WHEN sla_week_0(a) > 0 THEN year(a) ELSE year(a) - 1 END AS VARCHAR)`,
  `sla_yearweek_2(a) AS CASE WHEN sla_week_0(a) > 0 THEN year(a) ELSE year(a) - 1 END * 100 + sla_week_2(a)`,
  `sla_yearweek_3(a) AS isoyear(a) * 100 + week(a)`,
  `sla_yearweek_6(a) AS year(sla_wednesday(a)) * 100 + sla_week_6(a)`,
  `sla_yearweek_7(a) AS CASE WHEN sla_week_5(a) > 0 THEN year(a) ELSE year(a) - 1 END * 100 + sla_week_7(a)`,
];

/** Dates and date-times: no time zone, day counts from year 0, weeks of eight kinds. */
export const DATE_MACROS: readonly string[] = [
  // Text that holds a date, as MySQL reads it; text that only MySQL can read is an error, never another date.
  `sla_read_date(a) AS CASE WHEN a IS NULL OR NOT regexp_matches(a, '^\\s*[0-9]') THEN NULL
     WHEN regexp_matches(a, '^\\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\\s*$') THEN CAST(TRY_CAST(a AS DATE) AS TIMESTAMP)
     WHEN regexp_matches(a, '^\\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[ T]+[0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\\.[0-9]{1,6})?)?\\s*$')
     THEN TRY_CAST(CASE WHEN regexp_matches(a, ':.*:') THEN a ELSE rtrim(a) || ':00' END AS TIMESTAMP)
     ELSE error('not a date in the form YYYY-MM-DD[ HH:MM[:SS]]: ' || a) END`,
  `sla_temporal(a) AS CASE WHEN typeof(a) = 'VARCHAR' THEN sla_read_date(CAST(a AS VARCHAR)) ELSE CAST(a AS TIMESTAMP) END`,
  `sla_date(a) AS CASE WHEN typeof(a) = 'VARCHAR' THEN CAST(sla_read_date(CAST(a AS VARCHAR)) AS DATE) ELSE CAST(a AS DATE) END`,
  `sla_datetime6(a) AS sla_temporal(a)`,
  `sla_datetime(a) AS date_trunc('second', sla_datetime6(a) + INTERVAL 500 MILLISECOND)`,
  `sla_datediff(a, b) AS CAST(a AS DATE) - CAST(b AS DATE)`,
  `sla_time_of_day(a) AS epoch_us(CAST(a AS TIMESTAMP)) - epoch_us(CAST(CAST(a AS DATE) AS TIMESTAMP))`,
  // Months from the earlier to the later, the last one only if its day and time were reached.
  `sla_months(a, b) AS (year(b) - year(a)) * 12 + month(b) - month(a) - CASE WHEN day(b) < day(a)
     OR (day(b) = day(a) AND sla_time_of_day(b) < sla_time_of_day(a)) THEN 1 ELSE 0 END`,
  `sla_diff_month(a, b) AS CASE WHEN CAST(b AS TIMESTAMP) >= CAST(a AS TIMESTAMP) THEN sla_months(a, b) ELSE -sla_months(b, a) END`,
  `sla_diff_quarter(a, b) AS sla_diff_month(a, b) // 3`,
  `sla_diff_year(a, b) AS sla_diff_month(a, b) // 12`,
  `sla_dayofweek(a) AS dayofweek(a) + 1`,
  `sla_weekday(a) AS isodow(a) - 1`,
  `sla_hour(a) AS hour(CAST(a AS TIMESTAMP))`,
  `sla_minute(a) AS minute(CAST(a AS TIMESTAMP))`,
  `sla_second(a) AS second(CAST(a AS TIMESTAMP))`,
  `sla_microsecond(a) AS microsecond(CAST(a AS TIMESTAMP)) % 1000000`,
  `sla_year_month(a) AS year(a) * 100 + month(a)`,
  `sla_last_day(a) AS CAST(last_day(a) AS DATE)`,
  `sla_to_days(a) AS (CAST(a AS DATE) - DATE '1970-01-01') + 719528`,
  `sla_from_days(n) AS DATE '1970-01-01' + CAST(n - 719528 AS INTEGER)`,
  `sla_makedate(y, n) AS CASE WHEN n <= 0 THEN NULL ELSE make_date(CAST(y AS BIGINT), 1, 1) + CAST(n - 1 AS INTEGER) END`,
  `sla_period_diff(a, b) AS (CAST(a AS BIGINT) // 100 * 12 + CAST(a AS BIGINT) % 100)
     - (CAST(b AS BIGINT) // 100 * 12 + CAST(b AS BIGINT) % 100)`,
  `sla_unix_timestamp(a) AS CASE WHEN a IS NULL THEN NULL ELSE greatest(CAST(CAST(epoch_us(CAST(a AS TIMESTAMP)) AS DECIMAL(38, 6))
     / 1000000 AS DECIMAL(38, 6)), 0) END`,
  `sla_from_unixtime(n) AS CASE WHEN n < 0 THEN NULL ELSE make_timestamp(CAST(CAST(n AS DECIMAL(20, 6)) * 1000000 AS BIGINT)) END`,
  `sla_two_digits(n) AS lpad(CAST(n AS VARCHAR), 2, '0')`,
  ...differences,
  ...shifts,
  ...weeks,
];
