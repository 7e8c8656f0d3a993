/** SQL that has no short portable spelling, as MySQL's text. */

const DIGITS = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit}${digit === 0 ? " AS d" : ""}`).join(
  " UNION ALL ",
);

/**
 * A query with one row a day, column `date_day`, from `start` to the day before `end` (at most 100,000 days). Without
 * recursion, which the servers limit to a thousand steps by default.
 */
export function dateSpine(start: string, end: string): string {
  const digits = ["a", "b", "c", "e", "f"].map((name) => `(${DIGITS}) AS ${name}`).join(" CROSS JOIN ");
  return (
    `SELECT DATE_ADD(CAST(${start} AS DATE), INTERVAL spine.n DAY) AS date_day FROM (` +
    `SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n FROM ${digits}) AS spine ` +
    `WHERE spine.n < DATEDIFF(${end}, ${start})`
  );
}

/** One key for several columns: NULL is a value of its own, and the parts cannot run into each other. */
export function surrogateKey(columns: readonly string[]): string {
  const parts = columns.map((column) => `COALESCE(CAST(${column} AS CHAR), '_null_')`);
  return `SHA2(CONCAT_WS('|', ${parts.join(", ")}), 256)`;
}

/**
 * An aggregate: the value below which `fraction` of a group's values lie, between two neighbours on the straight line from one to the
 * other (what other databases call PERCENTILE_CONT). `place` is each value's number in its group, from 1 on, and `places` their count.
 * The neighbours are the values less than one place away from the place sought; each weighs what its distance leaves of 1.
 */
export function percentile(value: string, fraction: string, place: string, places: string): string {
  const sought = `1 + ${fraction} * (CAST(${places} AS SIGNED) - 1)`;
  const weight = `GREATEST(0, 1 - ABS(CAST(${place} AS SIGNED) - (${sought})))`;
  return `SUM(CAST(${weight} AS DECIMAL(7, 6)) * ${value})`;
}
