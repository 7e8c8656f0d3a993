/**
 * The dashboards' figures as SQL on the marts, written by hand from what the dashboards promise. Nothing here reads the metrics' YAML.
 */
export interface Chosen {
  /** `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
  regions?: string[];
  /** What is clicked in another sheet. */
  system?: string;
}

/** Name of a mart → its quoted name. */
export type TableName = (name: string) => string;

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** Conditions on a mart: its date, and the restricted columns that it has. */
function conditions(
  date: string,
  has: ("region" | "system_name")[],
  { from, to, regions, system }: Chosen,
): string {
  const parts = [`${date} >= DATE '${from}'`, `${date} <= DATE '${to}'`];
  if (regions && has.includes("region")) parts.push(`region IN (${regions.map(text).join(", ")})`);
  if (system && has.includes("system_name")) parts.push(`system_name = ${text(system)}`);
  return parts.join(" AND ");
}

const tickets = (chosen: Chosen) => conditions("created_date", ["region", "system_name"], chosen);
const flow = (chosen: Chosen) => conditions("flow_date", ["region"], chosen);
const system = (chosen: Chosen) => conditions("service_date", ["system_name"], chosen);

/** The interpolated percentile of a column, by groups if there are any. */
export function percentileSql(
  from: string,
  where: string,
  column: string,
  fraction: number,
  group?: string,
): string {
  const by = group === undefined ? "" : `PARTITION BY ${group} `;
  const keys = group === undefined ? "" : `${group} AS k, `;
  const place = `(${fraction} * (n - 1))`;
  return (
    `SELECT ${group === undefined ? "" : "k, "}SUM(x * CASE WHEN rn - 1 = FLOOR(${place}) THEN 1 - (${place} - FLOOR(${place})) ` +
    `WHEN rn - 1 = FLOOR(${place}) + 1 THEN ${place} - FLOOR(${place}) ELSE 0 END) AS v FROM (` +
    `SELECT ${keys}${column} AS x, ROW_NUMBER() OVER (${by}ORDER BY ${column}) AS rn, ` +
    `COUNT(*) OVER (${by === "" ? "" : by.trim()}) AS n FROM ${from} WHERE ${where} AND ${column} IS NOT NULL) AS q` +
    `${group === undefined ? "" : " GROUP BY k"}`
  );
}

/** Each card's value, as `v`. */
export const KPI_SQL: Record<string, (table: TableName, chosen: Chosen) => string> = {
  tickets: (t, c) => `SELECT COUNT(*) AS v FROM ${t("mart_tickets")} WHERE ${tickets(c)}`,
  sla_breach_rate: (t, c) =>
    `SELECT 1.0 * SUM(CASE WHEN sla_status = 'Breached' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN sla_status IN ('Met', 'Breached') THEN 1 ELSE 0 END), 0) AS v FROM ${t("mart_tickets")} WHERE ${tickets(c)}`,
  automatable_rate: (t, c) =>
    `SELECT 1.0 * SUM(is_repeat_incident) / COUNT(*) AS v FROM ${t("mart_tickets")} WHERE ${tickets(c)}`,
  open_overdue: (t, c) =>
    `SELECT SUM(tickets) AS v FROM ${t("mart_ticket_flow")} WHERE flow = 'Overdue' AND ${flow(c)} AND flow_date = (SELECT MAX(flow_date) FROM ${t("mart_ticket_flow")} WHERE flow_date <= DATE '${c.to}')`,
  backlog: (t, c) =>
    `SELECT SUM(tickets) AS v FROM ${t("mart_ticket_flow")} WHERE flow = 'Backlog' AND ${flow(c)} AND flow_date = (SELECT MAX(flow_date) FROM ${t("mart_ticket_flow")} WHERE flow_date <= DATE '${c.to}')`,
  uptime: (t, c) =>
    `SELECT 1 - 1.0 * SUM(down_minutes) / SUM(service_minutes) AS v FROM ${t("mart_system_day")} WHERE ${system(c)}`,
  critical_tickets: (t, c) =>
    `SELECT SUM(CASE WHEN priority = 'Critical' THEN 1 ELSE 0 END) AS v FROM ${t("mart_tickets")} WHERE ${tickets(c)}`,
  downtime_hours: (t, c) =>
    `SELECT SUM(down_minutes) / 60.0 AS v FROM ${t("mart_system_day")} WHERE ${system(c)}`,
  outages: (t, c) => `SELECT SUM(outages_started) AS v FROM ${t("mart_system_day")} WHERE ${system(c)}`,
  mean_resolution_hours: (t, c) =>
    `SELECT SUM(resolution_hours) / COUNT(resolution_hours) AS v FROM ${t("mart_tickets")} WHERE closed_at IS NOT NULL AND ${tickets(c)}`,
  median_resolution_hours: (t, c) => percentileSql(t("mart_tickets"), tickets(c), "resolution_hours", 0.5),
  p90_resolution_hours: (t, c) => percentileSql(t("mart_tickets"), tickets(c), "resolution_hours", 0.9),
  mean_first_response: (t, c) =>
    `SELECT 1.0 * SUM(first_response_minutes) / COUNT(first_response_minutes) AS v FROM ${t("mart_tickets")} WHERE ${tickets(c)}`,
  median_first_response: (t, c) =>
    percentileSql(t("mart_tickets"), tickets(c), "first_response_minutes", 0.5),
  late_response_rate: (t, c) =>
    `SELECT 1.0 * SUM(is_late_response) / NULLIF(COUNT(first_response_minutes), 0) AS v FROM ${t("mart_tickets")} WHERE ${tickets(c)}`,
  lasting_fix_rate: (t, c) =>
    `SELECT 1.0 * SUM(CASE WHEN fix_type = 'Permanent' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN fix_type <> 'Not known' THEN 1 ELSE 0 END), 0) AS v FROM ${t("mart_tickets")} WHERE ${tickets(c)}`,
};

/** The span of a date that a time axis shows, as text: `month` and `day` are spelled alike on all engines. */
const month = (date: string) => `SUBSTRING(CAST(${date} AS CHAR(10)), 1, 7)`;

/** What a sheet shows, in the order of its table, as rows of `k` (or `k1`, `k2`) and figures. */
export const SHEET_SQL: Record<string, (table: TableName, chosen: Chosen) => string> = {
  flow: (t, c) =>
    `SELECT ${month("flow_date")} AS k, SUM(CASE WHEN flow = 'Opened' THEN tickets ELSE 0 END) AS a, SUM(CASE WHEN flow = 'Closed' THEN tickets ELSE 0 END) AS b, ` +
    `SUM(CASE WHEN flow = 'Backlog' AND flow_date = last_date THEN tickets ELSE 0 END) AS c FROM ${t("mart_ticket_flow")} ` +
    // Joined, not IN (SELECT …): a server that has not counted the new table's rows yet would run that once for each row.
    `LEFT JOIN (SELECT MAX(flow_date) AS last_date FROM ${t("mart_ticket_flow")} WHERE flow_date <= DATE '${c.to}' GROUP BY ${month("flow_date")}) AS ends ON flow_date = last_date ` +
    `WHERE ${flow(c)} GROUP BY ${month("flow_date")} ORDER BY 1`,
  breach_by_priority: (t, c) =>
    `SELECT priority AS k, 1.0 * SUM(sla_breached) / NULLIF(SUM(1 - is_open), 0) AS a, COUNT(*) AS b FROM ${t("mart_tickets")} WHERE ${tickets(c)} GROUP BY priority ` +
    `ORDER BY CASE priority WHEN 'Critical' THEN 1 WHEN 'High' THEN 2 WHEN 'Medium' THEN 3 ELSE 4 END`,
  tickets_by_region: (t, c) =>
    `SELECT region AS k, COUNT(*) AS a, 1.0 * SUM(sla_breached) / NULLIF(SUM(1 - is_open), 0) AS b FROM ${t("mart_tickets")} WHERE region <> 'No region' AND ${tickets(c)} GROUP BY region ORDER BY 2 DESC, 1`,
  alerts: (t, c) =>
    `SELECT alert_rank, ticket_id, risk, breach_probability, hours_left, subject, priority, system_name, team, region, created_date, reasons FROM ${t("mart_breach_alerts")} ` +
    `WHERE ${tickets(c)} ORDER BY alert_rank LIMIT 50`,
  unstable_systems: (t, c) =>
    `SELECT system_name AS k, SUM(down_minutes) / 60.0 AS a, SUM(incidents) AS b FROM ${t("mart_system_day")} WHERE ${system(c)} GROUP BY system_name ORDER BY 2 DESC, 1 LIMIT 5`,
  downtime_trend: (t, c) =>
    `SELECT ${month("service_date")} AS k, SUM(down_minutes) / 60.0 AS a FROM ${t("mart_system_day")} WHERE ${system(c)} GROUP BY ${month("service_date")} ORDER BY 1`,
  systems: (t, c) =>
    `SELECT system_name AS k1, criticality AS k2, 1 - 1.0 * SUM(down_minutes) / SUM(service_minutes) AS a, SUM(down_minutes) / 60.0 AS b, SUM(outages_started) AS c, SUM(incidents) AS d, SUM(critical_incidents) AS e, ` +
    `1.0 * SUM(sla_breached) / NULLIF(SUM(resolved_incidents), 0) AS f FROM ${t("mart_system_day")} WHERE ${system(c)} GROUP BY system_name, criticality ORDER BY 4 DESC, 1`,
  fix_types: (t, c) =>
    `SELECT ${month("created_date")} AS k, SUM(CASE WHEN fix_type = 'Patch' THEN 1 ELSE 0 END) AS a, SUM(CASE WHEN fix_type = 'Permanent' THEN 1 ELSE 0 END) AS b, ` +
    `SUM(CASE WHEN fix_type = 'Workaround' THEN 1 ELSE 0 END) AS c FROM ${t("mart_tickets")} WHERE ${tickets(c)} GROUP BY ${month("created_date")} ORDER BY 1`,
};

/** Counts of the heat map's fields: rows of system, cause, number. */
export function heatmapSql(t: TableName, c: Chosen): string {
  return `SELECT system_name AS s, root_cause AS r, COUNT(*) AS n FROM ${t("mart_tickets")} WHERE ${tickets(c)} GROUP BY system_name, root_cause`;
}

/** Engineers with ten resolved tickets or more: the tickets, and the mean of their hours. */
export function engineersSql(t: TableName, c: Chosen): string {
  const where = `is_assigned = 1 AND is_open = 0 AND ${tickets(c)}`;
  return `SELECT engineer AS k, COUNT(*) AS n, AVG(resolution_hours) AS hours FROM ${t("mart_tickets")} WHERE ${where} GROUP BY engineer HAVING COUNT(*) >= 10 ORDER BY 1`;
}

/** The teams' sums and counts, and their percentiles apart. */
export function teamsSql(t: TableName, c: Chosen) {
  const [from, where] = [t("mart_tickets"), tickets(c)];
  return {
    sums:
      `SELECT team AS k, COUNT(*) AS a, SUM(resolution_hours) / NULLIF(COUNT(resolution_hours), 0) AS b, 1.0 * SUM(sla_breached) / NULLIF(SUM(1 - is_open), 0) AS c, ` +
      `SUM(is_overdue) AS d FROM ${from} WHERE ${where} GROUP BY team ORDER BY 1`,
    median: percentileSql(from, where, "resolution_hours", 0.5, "team"),
    p90: percentileSql(from, where, "resolution_hours", 0.9, "team"),
    response: percentileSql(from, where, "first_response_minutes", 0.5, "team"),
  };
}

/** Mean and median by month. */
export function resolutionSql(t: TableName, c: Chosen) {
  const [from, where] = [t("mart_tickets"), tickets(c)];
  return {
    means: `SELECT ${month("created_date")} AS k, SUM(resolution_hours) / NULLIF(COUNT(resolution_hours), 0) AS a FROM ${from} WHERE ${where} GROUP BY ${month("created_date")} ORDER BY 1`,
    medians: percentileSql(from, where, "resolution_hours", 0.5, month("created_date")),
  };
}
