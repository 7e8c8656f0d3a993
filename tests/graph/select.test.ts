import { describe, expect, it } from "vitest";
import { type SelectOptions, select } from "../../src/graph/index.js";
import { short, visits } from "./visits.js";

// Tests, by what they test, to keep the table short.
const PEOPLE_TEST = "source_not_null_crm_people_id";
const STG_TEST = "not_null_stg_people_id";
const DIM_TEST = "unique_dim_people_id";
const VISIT_TEST = "visit_has_person";
const LOST_TEST = "no_lost_visits";

type Case = [selection: string | SelectOptions, selected: string[], warnings?: string[]];

async function run(selection: string | SelectOptions) {
  const { manifest, graph } = await visits();
  const { ids, warnings } = select(
    manifest,
    graph,
    typeof selection === "string" ? { select: [selection] } : selection,
  );
  return { selected: short(ids).sort(), warnings };
}

function cases(table: Case[]): void {
  it.each(
    table.map((row) => [typeof row[0] === "string" ? row[0] : JSON.stringify(row[0]), ...row] as const),
  )("%s", async (_name, selection, selected, warnings = []) => {
    expect(await run(selection)).toEqual({ selected: [...selected].sort(), warnings });
  });
}

const none = (raw: string): string[] => [`The selection criterion "${raw}" does not match any node.`];

describe("names", () => {
  cases([
    ["lonely", ["lonely"]],
    ["stg_people", ["stg_people", STG_TEST]],
    ["shop.lonely", ["lonely"]],
    ["fqn:lonely", ["lonely"]],
    ["staging", ["stg_people", "stg_places", PEOPLE_TEST, STG_TEST, LOST_TEST]],
    ["shop.staging", ["stg_people", "stg_places", PEOPLE_TEST, STG_TEST, LOST_TEST]],
    ["marts.core", ["dim_people", "fact_visits", DIM_TEST, VISIT_TEST, LOST_TEST]],
    ["marts.core.dim_people", ["dim_people", DIM_TEST, VISIT_TEST]],
    ["core", [], none("core")],
    ["stg_*", [], none("stg_*")],
    ["*stg_p*", ["stg_people", "stg_places", STG_TEST, LOST_TEST]],
    ["staging.stg_pl*", ["stg_places", LOST_TEST]],
    ["marts.*", ["dim_people", "fact_visits", "report", DIM_TEST, VISIT_TEST, LOST_TEST]],
    ["shop.*.dim_people", ["dim_people", DIM_TEST, VISIT_TEST]],
    ["marts.c?re.dim*", ["dim_people", DIM_TEST, VISIT_TEST]],
    ["[lx]onely", ["lonely"]],
    ["[!l]onely", [], none("[!l]onely")],
    ["Lonely", [], none("Lonely")],
    ["towns", ["towns"]],
    ["people", [], none("people")],
    [DIM_TEST, [DIM_TEST]],
    ["nothing", [], none("nothing")],
  ]);
});

describe("graph operators", () => {
  cases([
    ["+dim_people", ["crm.people", "stg_people", "dim_people", PEOPLE_TEST, STG_TEST, DIM_TEST, VISIT_TEST]],
    ["1+dim_people", ["stg_people", "dim_people", STG_TEST, DIM_TEST, VISIT_TEST]],
    ["0+dim_people", ["dim_people", DIM_TEST, VISIT_TEST]],
    ["2+dim_people", ["crm.people", "stg_people", "dim_people", PEOPLE_TEST, STG_TEST, DIM_TEST, VISIT_TEST]],
    ["dim_people+", ["dim_people", "fact_visits", "report", DIM_TEST, VISIT_TEST, LOST_TEST]],
    ["dim_people+1", ["dim_people", "fact_visits", DIM_TEST, VISIT_TEST, LOST_TEST]],
    ["stg_people+2", ["stg_people", "dim_people", "fact_visits", STG_TEST, DIM_TEST, VISIT_TEST, LOST_TEST]],
    [
      "1+dim_people+1",
      ["stg_people", "dim_people", "fact_visits", STG_TEST, DIM_TEST, VISIT_TEST, LOST_TEST],
    ],
    [
      "+report+",
      [
        "crm.people",
        "crm.places",
        "towns",
        "stg_people",
        "stg_places",
        "dim_people",
        "fact_visits",
        "report",
        PEOPLE_TEST,
        STG_TEST,
        DIM_TEST,
        VISIT_TEST,
        LOST_TEST,
      ],
    ],
    [
      "@stg_people",
      [
        "crm.people",
        "crm.places",
        "towns",
        "stg_people",
        "stg_places",
        "dim_people",
        "fact_visits",
        "report",
        PEOPLE_TEST,
        STG_TEST,
        DIM_TEST,
        VISIT_TEST,
        LOST_TEST,
      ],
    ],
    ["@lonely", ["lonely"]],
    [
      "@report",
      [
        "crm.people",
        "crm.places",
        "towns",
        "stg_people",
        "stg_places",
        "dim_people",
        "fact_visits",
        "report",
        PEOPLE_TEST,
        STG_TEST,
        DIM_TEST,
        VISIT_TEST,
        LOST_TEST,
      ],
    ],
    ["tag:nightly+1", ["stg_people", "dim_people", "fact_visits", STG_TEST, DIM_TEST, VISIT_TEST, LOST_TEST]],
    ["1+tag:core", ["stg_people", "dim_people", STG_TEST, DIM_TEST, VISIT_TEST]],
    ["source:crm.places+1", ["crm.places", "stg_places", LOST_TEST]],
    [
      `+${LOST_TEST}`,
      [
        "crm.people",
        "crm.places",
        "towns",
        "stg_people",
        "stg_places",
        "dim_people",
        "fact_visits",
        PEOPLE_TEST,
        STG_TEST,
        DIM_TEST,
        VISIT_TEST,
        LOST_TEST,
      ],
    ],
  ]);
});

describe("sets", () => {
  cases([
    ["lonely report", ["lonely", "report"]],
    [{ select: ["lonely", "report"] }, ["lonely", "report"]],
    [{ select: ["  lonely   towns  "] }, ["lonely", "towns"]],
    ["tag:nightly,tag:core", ["dim_people", DIM_TEST, VISIT_TEST]],
    ["+report,staging", ["stg_people", "stg_places", PEOPLE_TEST, STG_TEST, LOST_TEST]],
    ["lonely tag:nightly,tag:core towns", ["lonely", "dim_people", DIM_TEST, VISIT_TEST, "towns"]],
    ["lonely,report", [], ['The selection criterion "lonely,report" does not match any node.']],
    [{ select: ["staging"], exclude: ["stg_places"] }, ["stg_people", PEOPLE_TEST, STG_TEST]],
    [{ select: ["marts"], exclude: ["report fact_visits"] }, ["dim_people", DIM_TEST]],
    [{ select: ["marts"], exclude: ["tag:nightly,tag:core"] }, ["fact_visits", "report", LOST_TEST]],
    [{ exclude: ["+report"] }, ["lonely"]],
    [{ exclude: ["nothing"], resourceTypes: ["seed"] }, ["towns"], none("nothing")],
    [{ select: ["stg_people"], exclude: ["test_type:data"] }, ["stg_people"]],
    [{ select: [], resourceTypes: ["source"] }, ["crm.people", "crm.places"]],
    [
      { resourceTypes: ["model"] },
      ["stg_people", "stg_places", "dim_people", "fact_visits", "report", "lonely"],
    ],
    [{ select: ["+dim_people"], resourceTypes: ["test"] }, [PEOPLE_TEST, STG_TEST, DIM_TEST, VISIT_TEST]],
  ]);
});

describe("methods", () => {
  cases([
    ["tag:nightly", ["stg_people", "dim_people", STG_TEST, DIM_TEST, VISIT_TEST]],
    ["tag:night*", ["stg_people", "dim_people", STG_TEST, DIM_TEST, VISIT_TEST]],
    ["tag:raw.data", ["towns", "crm.people", "crm.places", PEOPLE_TEST]],
    ["tag:NIGHTLY", [], none("tag:NIGHTLY")],
    ["path:models/marts", ["dim_people", "fact_visits", "report", DIM_TEST, VISIT_TEST, LOST_TEST]],
    ["path:models/marts/", ["dim_people", "fact_visits", "report", DIM_TEST, VISIT_TEST, LOST_TEST]],
    ["models/marts/report.sql", ["report"]],
    ["./models/lonely.sql", ["lonely"]],
    ["models/*/report.sql", ["report"]],
    ["models/*/*/dim*", ["dim_people", DIM_TEST, VISIT_TEST]],
    ["models/**/dim_people.sql", ["dim_people", DIM_TEST, VISIT_TEST]],
    [
      "models/stag*",
      ["stg_people", "stg_places", "crm.people", "crm.places", PEOPLE_TEST, STG_TEST, LOST_TEST],
    ],
    ["path:seeds/geo/towns.yml", ["towns"]],
    ["path:models/mart", [], none("path:models/mart")],
    ["report.sql", ["report"]],
    ["file:report", ["report"]],
    ["file:stg_*", ["stg_people", "stg_places", STG_TEST, LOST_TEST]],
    ["towns.CSV", [], none("towns.CSV")],
    ["towns.csv", ["towns"]],
    ["source:crm", ["crm.people", "crm.places", PEOPLE_TEST]],
    ["source:crm.people", ["crm.people", PEOPLE_TEST]],
    ["source:crm.p*s", ["crm.places"]],
    ["source:shop.crm.places", ["crm.places"]],
    ["source:other.crm.places", [], none("source:other.crm.places")],
    ["source:*", ["crm.people", "crm.places", PEOPLE_TEST]],
    ["resource_type:seed", ["towns"]],
    ["resource_type:test", [PEOPLE_TEST, STG_TEST, DIM_TEST, VISIT_TEST, LOST_TEST]],
    ["config.materialized:table", ["dim_people", "fact_visits", "report", DIM_TEST, VISIT_TEST, LOST_TEST]],
    ["config.tags:core", ["dim_people", DIM_TEST, VISIT_TEST]],
    ["config.meta.owner:ann", ["dim_people", DIM_TEST, VISIT_TEST]],
    ["config.meta.team.name:data", ["dim_people", DIM_TEST, VISIT_TEST]],
    ["config.primary_key:id", ["dim_people", DIM_TEST, VISIT_TEST]],
    ["config.severity:WARN,resource_type:test", [STG_TEST]],
    ["config.materialized:TABLE", [], none("config.materialized:TABLE")],
    ["config.enabled:TRUE,lonely", ["lonely"]],
    ["config.nowhere:x", [], none("config.nowhere:x")],
    ["package:shop,lonely", ["lonely"]],
    ["package:this,lonely", ["lonely"]],
    ["package:other", [], none("package:other")],
    ["test_type:singular", [LOST_TEST]],
    ["test_type:generic", [PEOPLE_TEST, STG_TEST, DIM_TEST, VISIT_TEST]],
    ["test_type:schema", [PEOPLE_TEST, STG_TEST, DIM_TEST, VISIT_TEST]],
    ["test_type:data", [PEOPLE_TEST, STG_TEST, DIM_TEST, VISIT_TEST, LOST_TEST]],
    ["test_type:unit", [], none("test_type:unit")],
    ["test_name:not_null", [PEOPLE_TEST, STG_TEST]],
    ["test_name:*n*", [PEOPLE_TEST, STG_TEST, DIM_TEST, VISIT_TEST]],
    [
      "tags:nightly",
      [],
      ['"tags:nightly" uses the unknown selector method "tags" and selects nothing. Did you mean "tag"?'],
    ],
    [
      "owner:ann",
      [],
      [
        '"owner:ann" uses the unknown selector method "owner" and selects nothing. ' +
          "Methods are fqn, tag, path, file, source, package, resource_type, config, test_type, test_name, unit_test, exposure, metric, semantic_model, saved_query, group, access, version, state, result, source_status, selector.",
      ],
    ],
  ]);
});

describe("tests that ride along", () => {
  cases([
    [{ select: ["dim_people"], indirect: "eager" }, ["dim_people", DIM_TEST, VISIT_TEST]],
    [{ select: ["dim_people"], indirect: "cautious" }, ["dim_people", DIM_TEST]],
    [
      { select: ["dim_people fact_visits"], indirect: "cautious" },
      ["dim_people", "fact_visits", DIM_TEST, VISIT_TEST],
    ],
    [{ select: ["fact_visits"], indirect: "buildable" }, ["fact_visits", VISIT_TEST, LOST_TEST]],
    [{ select: ["dim_people"], indirect: "buildable" }, ["dim_people", DIM_TEST]],
    [{ select: ["dim_people fact_visits"], indirect: "empty" }, ["dim_people", "fact_visits"]],
    [{ select: [`dim_people ${DIM_TEST}`], indirect: "empty" }, ["dim_people", DIM_TEST]],
  ]);
});

describe("selectors that are none", () => {
  it.each<[string, string, string?]>([
    [
      "@dim_people+",
      '"@dim_people+" is no valid selector: "@" before and "+" after cannot stand together',
      'Use "@" alone: it includes all descendants.',
    ],
    ["@dim_people+2", '"@dim_people+2" is no valid selector: "@" before and "+" after cannot stand together'],
    ["+", '"+" is no valid selector: it names nothing'],
    ["tag:", '"tag:" is no valid selector: it names nothing'],
    ["a,,b", '"" is no valid selector: it names nothing'],
    [
      "source:a.b.c.d",
      '"source:a.b.c.d" is no valid selector: a source is named source, source.table or package.source.table',
    ],
    [
      "resource_type:modl",
      '"resource_type:modl" is no valid selector: there is no resource type "modl"',
      'Did you mean "model"?',
    ],
    [
      "test_type:unique",
      '"test_type:unique" is no valid selector: there is no test type "unique"',
      "Known are generic, schema, singular, data, unit.",
    ],
  ])("%s", async (selection, message, hint) => {
    await expect(run(selection)).rejects.toMatchObject({
      code: "SLA208",
      message,
      ...(hint !== undefined && { hint }),
    });
  });
});

describe("what is selected", () => {
  it("comes in the order of the graph", async () => {
    const { manifest, graph } = await visits();
    const { ids } = select(manifest, graph, {
      select: ["report +dim_people lonely"],
      resourceTypes: ["model"],
    });
    expect(short(ids)).toEqual(["lonely", "stg_people", "dim_people", "report"]);
  });
});
