import { describe, expect, it } from "vitest";
import { ENGINES } from "../harness/engines.js";
import { errorsOf, parseProject, summaries } from "../harness/project.js";
import { projectOn } from "./on-engine.js";

const OWN = `-- Tests of this project.
{{#test within_limits model column_name least=0 most=100}}
SELECT {{column_name}} FROM {{model}} WHERE {{column_name}} < {{least}} OR {{column_name}} > {{most}}
{{/test}}

{{#test covers model other key}}
SELECT {{key}} FROM {{other}} WHERE {{key}} NOT IN (SELECT {{key}} FROM {{model}})
{{/test}}

{{#test known_to_limits model column_name names}}
SELECT {{column_name}} FROM {{model}}
WHERE {{column_name}} NOT IN (SELECT name FROM {{ref "limits"}}){{#each names}} AND {{column_name}} <> {{literal this}}{{/each}}
{{/test}}
`;

const FILES = {
  "tests/generic/own.sql": OWN,
  "seeds/orders.csv": "id,amount,city\n1,10,Rome\n2,200,Oslo\n3,-5,Bern\n",
  "seeds/limits.csv": "id,name\n1,Rome\n4,Oslo\n",
  "seeds/orders.yml": `
seeds:
  - name: orders
    data_tests:
      - covers: {name: covered, other: ref('limits'), key: id}
    columns:
      - name: amount
        data_tests:
          - within_limits: {name: limits_default}
          - within_limits: {name: limits_given, arguments: {most: 500}, where: id > 1}
          - within_limits: {name: limits_wide, least: -10, most: 500, severity: warn}
      - name: city
        data_tests:
          - known_to_limits: {name: known, names: [Bern]}
          - known_to_limits: {name: unknown, names: []}
`,
};

describe.each(ENGINES)("generic tests of the project on $name", (engine) => {
  it("are applied by name, with arguments, defaults, refs and config", async () => {
    const project = projectOn(engine, FILES);
    await project.run("seed");
    const { of, errors } = await project.run("test");
    expect(errors).toEqual([]);
    expect(of("limits_default")).toMatchObject({ status: "fail", failures: 2 });
    expect(of("limits_given")).toMatchObject({ status: "fail", failures: 1 });
    expect(of("limits_wide")).toMatchObject({ status: "pass", failures: 0 });
    expect(of("covered")).toMatchObject({ status: "fail", failures: 1 });
    expect(of("known.")).toMatchObject({ status: "pass", failures: 0 });
    expect(of("unknown.")).toMatchObject({ status: "fail", failures: 1 });
  });
});

describe("generic tests of the project", () => {
  it("depend on what they test, what arguments name and what their SQL refers to", async () => {
    const { manifest } = await parseProject(FILES);
    const parents = (name: string) =>
      Object.values(manifest.nodes).find((node) => node.name === name)!.depends_on;
    expect(parents("covered")).toEqual({
      nodes: ["seed.shop.orders", "seed.shop.limits"],
      macros: ["macro.shop.test_covers"],
    });
    expect(parents("known").nodes).toEqual(["seed.shop.orders", "seed.shop.limits"]);
    expect(manifest.macros["macro.shop.test_within_limits"]).toMatchObject({
      original_file_path: "tests/generic/own.sql",
      arguments: [
        { name: "model", default: null },
        { name: "column_name", default: null },
        { name: "least", default: "0" },
        { name: "most", default: "100" },
      ],
    });
  });

  it("say what is wrong where they are applied", async () => {
    const errors = await errorsOf({
      ...FILES,
      "seeds/orders.yml": `
seeds:
  - name: orders
    data_tests:
      - covers: {other: ref('limits')}
      - within_limits
    columns:
      - name: amount
        data_tests:
          - within_limits: {leest: 1}
          - within_limit
          - covers: {other: ref('limits'), key: id}
          - accepted_range: {inclusive: true}
          - not_null: {store_failures_as: tabel}
`,
    });
    expect(summaries(errors)).toEqual([
      {
        code: "SLA602",
        message: 'the test covers needs the argument "key"',
        at: "seeds/orders.yml:5:17",
      },
      {
        code: "SLA602",
        message: "the test within_limits is one of a column",
        hint: "Put it under a column, or name the column: column_name: ….",
        at: "seeds/orders.yml:6:9",
      },
      {
        code: "SLA103",
        message: 'the test within_limits has no argument "leest"',
        hint: 'Did you mean "least"?',
        at: "seeds/orders.yml:10:29",
      },
      {
        code: "SLA602",
        message: 'there is no test "within_limit"',
        hint: 'Did you mean "within_limits"?',
        at: "seeds/orders.yml:11:13",
      },
      {
        code: "SLA602",
        message: "the test covers is none of a column",
        hint: "Put it under data_tests of the model, seed or source table.",
        at: "seeds/orders.yml:12:13",
      },
      {
        code: "SLA602",
        message: "the test accepted_range needs min_value, max_value or both",
        at: "seeds/orders.yml:13:13",
      },
      {
        code: "SLA602",
        message: "store_failures_as of the test not_null: expected table, view or ephemeral",
        at: "seeds/orders.yml:14:43",
      },
    ]);
  });

  it("say what is wrong in their file", async () => {
    const errors = await errorsOf({
      "tests/generic/a.sql": "{{#test first other}}SELECT 1{{/test}}\n{{#macro x}}1{{/macro}}\n",
      "tests/generic/b.sql":
        '{{#test second model}}SELECT 1 FROM {{ref "nothing"}} WHERE {{colum}}{{/test}}\n',
    });
    expect(summaries(errors)).toEqual([
      {
        code: "SLA206",
        message: "only {{#test}} blocks can stand in a file of tests",
        at: "tests/generic/a.sql:2:1",
      },
      {
        code: "SLA202",
        message: 'there is no "colum" in templates',
        hint: "Names are those of built-ins and of macros in the macros folder.",
        at: "tests/generic/b.sql:1:61",
      },
    ]);
  });
});
