import { beforeAll, expect, it } from "vitest";
import { parseManifest } from "../../src/compile/index.js";
import { projectLineage } from "../../src/lineage/index.js";
import type { ColumnLineage, Manifest } from "../../src/manifest/index.js";
import { loadProject } from "../../src/project/index.js";
import { Written } from "../lineage/written.js";
import { copyExample } from "./example-project.js";

/** Read from the models' SQL by hand. */
const COLUMNS: Record<string, string> = {
  "stg_incident_events.incident_number": "servicenow.incident_log.number computed",
  "stg_incident_events.is_active": "servicenow.incident_log.active by condition",
  "stg_incident_events.reopen_count": "servicenow.incident_log.reopen_count computed",
  "stg_incident_events.vendor":
    "servicenow.incident_log.vendor by condition, servicenow.incident_log.vendor computed",
  "stg_incidents.event_count": "",
  "stg_incidents.last_event_number": "stg_incident_events.event_number aggregated",
  "stg_incidents.first_response_at": "stg_incident_events.updated_at copied",
  "fact_incidents.category_path": "stg_incidents.category computed, stg_incidents.subcategory computed",
  "fact_incidents.is_repeat_incident":
    "stg_incidents.caller_id by condition, stg_incidents.category by condition, stg_incidents.incident_number by condition, stg_incidents.opened_at by condition",
  "fact_incidents.is_sla_breached": "stg_incidents.is_sla_met computed",
  "dim_callers.last_location": "stg_incidents.location computed",
  "dim_callers.first_incident_date": "stg_incidents.opened_at aggregated",
  "dim_dates.date_day": "stg_incidents.opened_at aggregated",
  "dim_people.person":
    "stg_incidents.assigned_to computed, stg_incidents.opened_by computed, stg_incidents.resolved_by computed",
  "dim_people.is_opener": "",
};

let manifest: Manifest;
let lineage: ColumnLineage;

beforeAll(async () => {
  const projectDir = copyExample("servicenow");
  const project = await loadProject({ projectDir, env: {}, target: "local", requireTarget: true });
  ({ manifest } = await parseManifest(project));
  lineage = await projectLineage(project, manifest, { runStartedAt: new Date(0) });
});

it("the columns of the real log's models are made of what their SQL says", () => {
  const written = new Written(manifest, lineage);
  expect(Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, written.column(name)]))).toEqual(
    COLUMNS,
  );
  expect(written.rows("stg_incidents")).toBe(
    "stg_incident_events.event_number joined by, stg_incident_events.incident_number grouped by, stg_incident_events.incident_state joined by",
  );
});

it("and are known but for one in twenty at the most", () => {
  const columns = Object.entries(lineage.nodes).flatMap(([id, node]) =>
    node.columns.map(({ name, status }) => ({ name: `${id}.${name}`, status })),
  );
  const unknown = columns.filter(({ status }) => status === "unknown").map(({ name }) => name);
  expect(columns.length).toBeGreaterThan(180);
  expect(unknown.length / columns.length, unknown.join("\n")).toBeLessThanOrEqual(0.05);
});
