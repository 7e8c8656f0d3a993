import { describe, expect, it } from "vitest";
import { type SlaError, toSlaErrors } from "../../src/errors/index.js";
import { Graph } from "../../src/graph/index.js";
import { type ProjectFiles, parseProject, summaries } from "../harness/project.js";
import { short, visits } from "./visits.js";

describe("the graph", () => {
  it("puts parents before children, generation by generation, the same every time", async () => {
    const { graph } = await visits();
    const ids = [...graph.ids()].filter((id) => !id.startsWith("test."));
    const order = [
      "lonely",
      "towns",
      "crm.people",
      "crm.places",
      "stg_people",
      "stg_places",
      "dim_people",
      "fact_visits",
      "report",
    ];
    expect(short(graph.order(ids))).toEqual(order);
    expect(short(graph.order(ids.toReversed()))).toEqual(order);
  });

  it("keeps the order of what is left when the rest is taken away", async () => {
    const { graph } = await visits();
    const left = ["model.shop.report", "model.shop.lonely", "model.shop.stg_people", "seed.shop.towns"];
    expect(short(graph.order(left))).toEqual(["lonely", "towns", "stg_people", "report"]);
    expect(graph.dependencies(left)).toEqual(
      new Map([
        ["model.shop.report", new Set(["model.shop.stg_people", "seed.shop.towns"])],
        ["model.shop.lonely", new Set()],
        ["model.shop.stg_people", new Set()],
        ["seed.shop.towns", new Set()],
      ]),
    );
  });

  it.each<[string, number | undefined, string[]]>([
    ["model.shop.dim_people", undefined, ["crm.people", "stg_people"]],
    ["model.shop.dim_people", 1, ["stg_people"]],
    ["model.shop.dim_people", 0, []],
    ["model.shop.lonely", undefined, []],
  ])("knows the ancestors of %s up to %s", async (id, depth, ancestors) => {
    const { graph } = await visits();
    expect(short(graph.ancestors(id, depth)).sort()).toEqual(ancestors);
  });

  it("knows descendants, and those of several", async () => {
    const { graph } = await visits();
    const models = (ids: Iterable<string>) => short([...ids].filter((id) => !id.startsWith("test."))).sort();
    expect(models(graph.descendants("model.shop.stg_people"))).toEqual([
      "dim_people",
      "fact_visits",
      "report",
    ]);
    expect(models(graph.descendants(["seed.shop.towns", "model.shop.dim_people"], 1))).toEqual([
      "fact_visits",
      "stg_places",
    ]);
    expect(models(graph.ancestors(["model.shop.report", "model.shop.fact_visits"], 1))).toEqual([
      "dim_people",
      "fact_visits",
      "stg_places",
    ]);
  });
});

describe("a cycle", () => {
  async function cycles(files: ProjectFiles): Promise<readonly SlaError[]> {
    const { manifest } = await parseProject(files);
    try {
      Graph.of(manifest);
    } catch (error) {
      return toSlaErrors(error);
    }
    return [];
  }

  it("is printed exactly, with the places of its references", async () => {
    const errors = await cycles({
      "models/c.sql": 'select * from {{ref "a"}}',
      "models/a.sql": 'select * from {{ref "base"}}\njoin {{ref "b"}}',
      "models/b.sql": 'select *\n  from {{ref "c"}}',
      "models/base.sql": "select 1",
      "models/behind.sql": 'select * from {{ref "b"}}',
    });
    expect(summaries(errors)).toEqual([
      {
        code: "SLA205",
        message: "dependency cycle: a → b → c → a",
        hint: "Remove one of these references: models/a.sql:2:6, models/b.sql:2:8, models/c.sql:1:15.",
        at: "models/a.sql:2:6",
      },
    ]);
  });

  it("may be a model that reads itself", async () => {
    const errors = await cycles({ "models/a.sql": 'select * from {{ref "a"}}' });
    expect(errors.map((error) => error.message)).toEqual(["dependency cycle: a → a"]);
  });

  it("is found through a macro, and in a branch that is not taken", async () => {
    const errors = await cycles({
      "macros/m.sql": "{{#macro others}}{{ref 'b'}}{{/macro}}",
      "models/a.sql": "select * from {{others}}",
      "models/b.sql": "select 1 {{#if false}}from {{ref 'a'}}{{/if}}",
    });
    expect(summaries(errors)).toEqual([
      {
        code: "SLA205",
        message: "dependency cycle: a → b → a",
        hint: "Remove one of these references: models/a.sql, models/b.sql:1:28.",
        at: "models/a.sql",
      },
    ]);
  });

  it("does not hide another", async () => {
    const errors = await cycles({
      "models/a.sql": "{{ref 'b'}}",
      "models/b.sql": "{{ref 'a'}}",
      "models/x.sql": "{{ref 'y'}}{{ref 'a'}}",
      "models/y.sql": "{{ref 'x'}}",
    });
    expect(errors.map((error) => error.message)).toEqual([
      "dependency cycle: a → b → a",
      "dependency cycle: x → y → x",
    ]);
  });
});
