import { Graph } from "../../src/graph/index.js";
import type { Manifest } from "../../src/manifest/index.js";
import { type ProjectFiles, parseProject } from "../harness/project.js";

/**
 * A project to select from:
 *
 *     crm.people → stg_people → dim_people ─→ fact_visits → report
 *     crm.places ┬→ stg_places ──────────────┘
 *     towns ─────┘                              lonely
 */
export const VISITS: ProjectFiles = {
  "project.yml": "name: shop\nmodels: {marts: {materialized: table}}\n",
  "seeds/geo/towns.csv": "id\n1\n",
  "seeds/geo/towns.yml": "seeds: [{name: towns, config: {tags: [geo, raw.data]}}]",
  "models/staging/sources.yml": `
sources:
  - name: crm
    tags: [raw.data]
    tables:
      - name: people
        columns: [{name: id, tests: [not_null]}]
      - name: places
`,
  "models/staging/stg_people.sql": 'select * from {{source "crm" "people"}}',
  "models/staging/stg_places.sql": 'select * from {{source "crm" "places"}} join {{ref "towns"}} using (id)',
  "models/marts/core/dim_people.sql": 'select * from {{ref "stg_people"}}',
  "models/marts/core/fact_visits.sql":
    'select * from {{ref "dim_people"}} join {{ref "stg_places"}} using (id)',
  "models/marts/report.sql": 'select * from {{ref "fact_visits"}}',
  "models/lonely.sql": "select 1 as id",
  "models/properties.yml": `
models:
  - name: stg_people
    config: {tags: [nightly]}
    columns: [{name: id, tests: [{not_null: {severity: warn}}]}]
  - name: dim_people
    config: {tags: [nightly, core], meta: {owner: ann, team: {name: data}}, primary_key: [id]}
    columns: [{name: id, tests: [unique]}]
  - name: fact_visits
    columns:
      - name: person_id
        tests: [{relationships: {to: ref('dim_people'), field: id, name: visit_has_person}}]
`,
  "tests/no_lost_visits.sql": 'select 1 from {{ref "fact_visits"}}, {{ref "stg_places"}} where 1 = 0',
};

let parsed: Promise<Manifest> | undefined;

/** The parsed project and its graph; parsed once for all tests of a file. */
export async function visits(): Promise<{ manifest: Manifest; graph: Graph }> {
  parsed ??= parseProject(VISITS).then(({ manifest }) => manifest);
  const manifest = await parsed;
  return { manifest, graph: Graph.of(manifest) };
}

/** Ids as they are short to read: names, sources with a dot, tests without their hash. */
export function short(ids: Iterable<string>): string[] {
  return [...ids].map((id) => {
    const [type, , ...name] = id.split(".");
    if (type === "source") return name.join(".");
    return name[0]!;
  });
}
