/** The log's columns in the order of the published file. */
export const COLUMNS = [
  "number",
  "incident_state",
  "active",
  "reassignment_count",
  "reopen_count",
  "sys_mod_count",
  "made_sla",
  "caller_id",
  "opened_by",
  "opened_at",
  "sys_created_by",
  "sys_created_at",
  "sys_updated_by",
  "sys_updated_at",
  "contact_type",
  "location",
  "category",
  "subcategory",
  "u_symptom",
  "cmdb_ci",
  "impact",
  "urgency",
  "priority",
  "assignment_group",
  "assigned_to",
  "knowledge",
  "u_priority_confirmation",
  "notify",
  "problem_id",
  "rfc",
  "vendor",
  "caused_by",
  "closed_code",
  "resolved_by",
  "resolved_at",
  "closed_at",
] as const;

/** What is in this many characters is kept as it is; the published file needs 18 at most. */
export const WIDTH = 100;

/** Where each column stands in a file with this header; throws with the names of those that it lacks. */
export function positions(header: readonly string[], file: string): number[] {
  const places = COLUMNS.map((name) => header.indexOf(name));
  const missing = COLUMNS.filter((_, at) => places[at] === -1);
  if (missing.length > 0) {
    const which = missing.length === 1 ? "the column" : `${missing.length} columns:`;
    throw new Error(
      `${file} is not an incident event log: its first line lacks ${which} ${missing.join(", ")} (it has ${header.slice(0, 40).join(", ")})`,
    );
  }
  return places;
}
