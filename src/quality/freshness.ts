import type { Adapter, Connection, Value } from "../adapters/index.js";
import { mysqlDialect } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import type { FreshnessThreshold, SourceNode } from "../manifest/index.js";
import { columnOrSql } from "./argument-text.js";

/** How old the data of a source is, and whether that is too old. */
export interface SourceAge {
  max_loaded_at: Date;
  snapshotted_at: Date;
  /** Seconds. */
  age: number;
  status: "pass" | "warn" | "error";
}

/** What a table without rows was last loaded: as in dbt, at the beginning of time. */
const NEVER = new Date("0001-01-01T00:00:00Z");

/** Asks the warehouse, by its own clock, how old a source's data is. */
export async function sourceAge(
  source: SourceNode,
  adapter: Adapter,
  connection: Connection,
): Promise<SourceAge> {
  const [loaded] = await connection.query(await adapter.translate(loadedAtQuery(source)));
  const [clock] = await connection.query(CLOCK[adapter.type]);
  const value = Object.values(loaded ?? {})[0] ?? null;
  const max_loaded_at = value === null ? NEVER : moment(value, source);
  const snapshotted_at = moment(Object.values(clock!)[0]!, source);
  const age = (snapshotted_at.getTime() - max_loaded_at.getTime()) / 1000;
  return { max_loaded_at, snapshotted_at, age, status: ageStatus(age, source) };
}

/** dbt's rule: exceeded is strictly more, and errors come before warnings. */
export function ageStatus(age: number, { freshness }: Pick<SourceNode, "freshness">): SourceAge["status"] {
  if (exceeded(age, freshness?.error_after ?? null)) return "error";
  return exceeded(age, freshness?.warn_after ?? null) ? "warn" : "pass";
}

const SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const;

function exceeded(age: number, threshold: FreshnessThreshold | null): boolean {
  return threshold !== null && age > threshold.count * SECONDS[threshold.period];
}

/** The warehouse's own clock, in UTC as all sessions are. */
const CLOCK: Record<Adapter["type"], string> = {
  mysql: "SELECT UTC_TIMESTAMP(6) AS snapshotted_at",
  duckdb: "SELECT CAST(now() AT TIME ZONE 'UTC' AS TIMESTAMP) AS snapshotted_at",
};

/** The SELECT, in MySQL's SQL, that says when data last came. */
export function loadedAtQuery(source: SourceNode): string {
  if (source.loaded_at_query !== undefined) return source.loaded_at_query.trim().replace(/;$/, "");
  if (source.loaded_at_field === undefined) {
    throw new SlaError({
      code: "SLA104",
      message: `the source "${source.source_name}.${source.name}" does not say when its data came`,
      hint: "Give it loaded_at_field or loaded_at_query, or freshness: null.",
      location: { path: source.patch_path ?? source.original_file_path },
      node: source.unique_id,
    });
  }
  const relation = mysqlDialect.relation({ schema: source.schema, identifier: source.identifier });
  const filter = source.freshness?.filter ?? null;
  return (
    `SELECT MAX(${columnOrSql(source.loaded_at_field, mysqlDialect)}) AS max_loaded_at\nFROM ${relation}` +
    (filter === null ? "" : `\nWHERE ${filter}`)
  );
}

function moment(value: Value, source: SourceNode): Date {
  const text = String(value);
  const date = /^\d{4}-\d\d-\d\d/.test(text)
    ? new Date(text.length === 10 ? `${text}T00:00:00Z` : `${text.replace(" ", "T").slice(0, 23)}Z`)
    : new Date(Number.NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw new SlaError({
    code: "SLA104",
    message: `what says when the data of "${source.source_name}.${source.name}" came is no date: ${text}`,
    hint: "loaded_at_field and loaded_at_query must give a DATE or DATETIME in UTC; CAST what is text.",
    location: { path: source.patch_path ?? source.original_file_path },
    node: source.unique_id,
  });
}
