import type { Cases } from "../case.js";

const UNITS = ["MICROSECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"];

const pairs = "FROM days p CROSS JOIN days q";

/** Dates: differences, movement, formats, weeks, months. */
export const DATE_CASES: Cases = {
  ...Object.fromEntries(
    UNITS.map((unit) => [
      `timestampdiff ${unit.toLowerCase()}`,
      `SELECT p.dt AS a, q.dt AS b, TIMESTAMPDIFF(${unit}, p.dt, q.dt) AS x ${pairs}`,
    ]),
  ),
  "timestampdiff of dates and date-times":
    "SELECT p.d AS a, q.dt6 AS b, TIMESTAMPDIFF(MONTH, p.d, q.dt6) AS m, TIMESTAMPDIFF(DAY, q.dt6, p.d) AS d FROM days p CROSS JOIN days q",
  "timestampdiff average":
    "SELECT priority, AVG(TIMESTAMPDIFF(HOUR, opened_at, closed_at)) AS mttr, SUM(TIMESTAMPDIFF(MINUTE, opened_at, closed_at)) AS m FROM tickets GROUP BY priority",
  datediff:
    "SELECT p.d AS a, q.dt AS b, DATEDIFF(p.d, q.dt) AS x, DATEDIFF(q.dt, p.d) AS y FROM days p CROSS JOIN days q",
  "date_format date": "SELECT dt, DATE_FORMAT(dt, '%Y-%m-%d %y %c %e') AS x FROM days",
  "date_format time": "SELECT dt6, DATE_FORMAT(dt6, '%H:%i:%s.%f %T') AS x FROM days",
  "date_format iso week": "SELECT d, DATE_FORMAT(d, '%x-W%v') AS x FROM days",
  "date_format other weeks": "SELECT d, DATE_FORMAT(d, '%u %U %V %X %w %j') AS x FROM days",
  "date_format names": "SELECT d, DATE_FORMAT(d, '%W %a %M %b') AS x FROM days",
  "date_format 12 hours": "SELECT dt, DATE_FORMAT(dt, '%h %I %l %k %p %r %S') AS x FROM days",
  "date_format literal text": "SELECT DATE_FORMAT(d, 'Q %% of %Y: it''s') AS x FROM days",
  "date_format group":
    "SELECT DATE_FORMAT(opened_at, '%Y-%m') AS month, COUNT(*) AS n FROM tickets GROUP BY month ORDER BY month",
  "date of date-time": "SELECT DATE(opened_at) AS day, COUNT(*) AS n FROM tickets GROUP BY DATE(opened_at)",
  "date of text":
    "SELECT txt, DATE(txt) AS x, YEAR(txt) AS y FROM days WHERE txt IS NULL OR txt <> 'not a date'",
  parts:
    "SELECT dt6, YEAR(dt6) AS y, MONTH(dt6) AS m, DAY(dt6) AS d, DAYOFMONTH(dt6) AS dm, HOUR(dt6) AS h, MINUTE(dt6) AS i, SECOND(dt6) AS s, MICROSECOND(dt6) AS u, QUARTER(dt6) AS q, DAYOFYEAR(dt6) AS dy FROM days",
  "parts of a date": "SELECT d, HOUR(d) AS h, MINUTE(d) AS m, SECOND(d) AS s FROM days",
  "day names": "SELECT d, DAYNAME(d) AS x, MONTHNAME(d) AS y FROM days",
  dayofweek: "SELECT d, DAYOFWEEK(d) AS x FROM days",
  weekday: "SELECT d, WEEKDAY(d) AS x, IF(WEEKDAY(d) >= 5, 'weekend', 'week') AS y FROM days",
  weekofyear: "SELECT d, WEEKOFYEAR(d) AS x FROM days",
  ...Object.fromEntries(
    [0, 1, 2, 3, 4, 5, 6, 7].map((mode) => [
      `week mode ${mode}`,
      `SELECT d, WEEK(d, ${mode}) AS x, YEARWEEK(d, ${mode}) AS y FROM days`,
    ]),
  ),
  "week by default": "SELECT d, WEEK(d) AS x, YEARWEEK(d) AS y FROM days",
  "weeks of every day of six years": `WITH RECURSIVE spine AS (SELECT DATE '2019-12-25' AS d UNION ALL SELECT d + INTERVAL 1 DAY FROM spine WHERE d < '2026-01-10')
    SELECT SUM(WEEK(d, 0) * DAYOFYEAR(d)) AS w0, SUM(WEEK(d, 1) * DAYOFYEAR(d)) AS w1, SUM(WEEK(d, 2) * DAYOFYEAR(d)) AS w2, SUM(WEEK(d, 4) * DAYOFYEAR(d)) AS w4,
    SUM(WEEK(d, 5) * DAYOFYEAR(d)) AS w5, SUM(WEEK(d, 6) * DAYOFYEAR(d)) AS w6, SUM(WEEK(d, 7) * DAYOFYEAR(d)) AS w7, SUM(YEARWEEK(d, 3)) AS y3, SUM(YEARWEEK(d, 6)) AS y6 FROM spine`,
  "last day and first day":
    "SELECT d, LAST_DAY(d) AS x, LAST_DAY(dt) - INTERVAL 1 DAY AS y, DATE_SUB(d, INTERVAL DAYOFMONTH(d) - 1 DAY) AS first FROM days",
  "interval of a literal":
    "SELECT d + INTERVAL 1 DAY AS a, d - INTERVAL 2 WEEK AS b, d + INTERVAL 1 MONTH AS c, d - INTERVAL 1 QUARTER AS e, d + INTERVAL 1 YEAR AS f FROM days",
  "interval of time":
    "SELECT d + INTERVAL 90 MINUTE AS a, dt - INTERVAL 25 HOUR AS b, dt + INTERVAL 1 SECOND AS c, dt6 + INTERVAL 5 MICROSECOND AS e FROM days",
  "interval of a column":
    "SELECT d, n, d + INTERVAL n DAY AS a, dt + INTERVAL n HOUR AS b, d - INTERVAL n MONTH AS c FROM days",
  "interval of an expression":
    "SELECT d, dt + INTERVAL (n * 2 + 1) MINUTE AS a, DATE_ADD(d, INTERVAL n + 1 DAY) AS b, DATE_SUB(dt, INTERVAL -n HOUR) AS c FROM days",
  "interval first": "SELECT INTERVAL 1 DAY + d AS a FROM days",
  "interval of text and fractions":
    "SELECT dt + INTERVAL '2' DAY AS a, dt + INTERVAL 1.5 SECOND AS b FROM days",
  "adddate and subdate":
    "SELECT ADDDATE(d, 3) AS a, SUBDATE(d, 3) AS b, ADDDATE(dt, INTERVAL 1 MONTH) AS c FROM days",
  timestampadd:
    "SELECT TIMESTAMPADD(MONTH, n, d) AS a, TIMESTAMPADD(MINUTE, n, dt) AS b, TIMESTAMPADD(WEEK, 1, d) AS c FROM days",
  "date stays a date":
    "SELECT CONCAT(d + INTERVAL 1 DAY, '') AS a, CONCAT(dt + INTERVAL 1 DAY, '') AS b, CONCAT(d + INTERVAL 1 HOUR, '') AS c FROM days",
  "date plus interval compared":
    "SELECT COUNT(*) AS n FROM tickets WHERE closed_at <= due_on + INTERVAL 1 DAY AND opened_at >= '2024-03-01' AND due_on BETWEEN '2024-03-10' AND '2024-11-30'",
  "date compared with a date-time":
    "SELECT d FROM days WHERE d < '2024-01-31 00:00:01' AND d >= '2024-01-07 00:00:00'",
  "date and date-time compared":
    "SELECT COUNT(*) AS n FROM tickets WHERE opened_at < due_on - INTERVAL 3 DAY",
  str_to_date:
    "SELECT STR_TO_DATE('31.12.2024', '%d.%m.%Y') AS a, STR_TO_DATE('2024-02-29 23:59:01', '%Y-%m-%d %H:%i:%s') AS b, STR_TO_DATE('Feb 3, 2024', '%b %e, %Y') AS c, STR_TO_DATE('no date', '%d/%m/%Y') AS e, STR_TO_DATE('2024-1-5', '%Y-%c-%e') AS f",
  "str_to_date of a column":
    "SELECT txt, STR_TO_DATE(txt, '%Y-%m-%d') AS x FROM days WHERE txt IS NULL OR LENGTH(txt) = 10",
  unix_timestamp:
    "SELECT dt6, UNIX_TIMESTAMP(dt) AS a, UNIX_TIMESTAMP(dt6) AS b, UNIX_TIMESTAMP(d) AS c, FROM_UNIXTIME(UNIX_TIMESTAMP(dt)) AS e FROM days",
  from_unixtime:
    "SELECT FROM_UNIXTIME(1700000000) AS a, FROM_UNIXTIME(0) AS b, FROM_UNIXTIME(1700000000, '%Y-%m-%d %H') AS c",
  "extract units":
    "SELECT dt6, EXTRACT(YEAR FROM dt6) AS y, EXTRACT(YEAR_MONTH FROM dt6) AS ym, EXTRACT(WEEK FROM dt6) AS w, EXTRACT(HOUR FROM dt6) AS h, EXTRACT(MICROSECOND FROM dt6) AS u, EXTRACT(QUARTER FROM dt6) AS q FROM days",
  "to_days and from_days":
    "SELECT d, TO_DAYS(d) AS a, FROM_DAYS(TO_DAYS(d) + 1) AS b, MAKEDATE(YEAR(d), 60) AS c, MAKEDATE(2024, 0) AS e FROM days",
  period_diff: "SELECT PERIOD_DIFF(EXTRACT(YEAR_MONTH FROM d), 202301) AS x FROM days",
  "cast to dates":
    "SELECT CAST(dt AS DATE) AS a, CAST(d AS DATETIME) AS b, CAST(dt6 AS DATETIME) AS c, CAST(dt6 AS DATETIME(6)) AS e, CAST('2024-01-15 10:11' AS DATETIME) AS f, CAST('junk' AS DATE) AS g, TIMESTAMP(d) AS h FROM days",
  "date literals":
    "SELECT DATE '2024-02-29' AS a, TIMESTAMP '2024-02-29 12:30:00' AS b, DATE '2024-02-29' + INTERVAL 1 YEAR AS c",
  "recursive date spine": `WITH RECURSIVE spine AS (SELECT CAST('2024-01-30' AS DATE) AS d UNION ALL SELECT d + INTERVAL 1 DAY FROM spine WHERE d < DATE '2024-03-02') SELECT d FROM spine ORDER BY d`,
  "recursive month spine": `WITH RECURSIVE m AS (SELECT DATE '2024-01-01' AS month, 1 AS n UNION ALL SELECT month + INTERVAL 1 MONTH, n + 1 FROM m WHERE n < 14) SELECT month, n, LAST_DAY(month) AS ends FROM m`,
};
