import { describe, expect, it } from "vitest";
import { parseManifest } from "../../src/compile/index.js";
import { toSlaErrors } from "../../src/errors/index.js";
import { loadProject } from "../../src/project/index.js";
import { inRange } from "../../src/project/version-range.js";
import { compilerFor, type ProjectFiles, parseProject, summaries, writeProject } from "../harness/project.js";

const SQL = "select 1 as id";
const UTILS: ProjectFiles = {
  "packages/utils/project.yml":
    "name: utils\nversion: 1.2.3\nvars: {currency: EUR, rate: 2}\nmodels: {+tags: [packaged], staging: {+materialized: view, +schema: own}}\nseeds: {+schema: own}\n",
  "packages/utils/models/staging/stg_orders.sql":
    '{{config tags=(list "in_file") schema="in_file"}}select {{money "amount"}} as amount, \'{{var "currency"}}\' as c, {{var "rate"}} as r from {{ref "raw"}}',
  "packages/utils/models/orders.sql": 'select * from {{ref "stg_orders"}}',
  "packages/utils/models/schema.yml":
    "models: [{name: orders, description: All orders, columns: [{name: amount, tests: [not_null, positive]}]}]\nsources: [{name: crm, tables: [{name: people}]}]",
  "packages/utils/macros/money.sql":
    "{{#macro money column}}ROUND({{twice column}}, 2){{/macro}}\n{{#macro twice x}}(2 * {{x}}){{/macro}}",
  "packages/utils/tests/generic/positive.sql":
    "{{#test positive model column_name}}select * from {{model}} where {{column_name}} <= 0{{/test}}",
  "packages/utils/tests/no_loss.sql": 'select * from {{ref "orders"}} where amount < 0',
  "packages/utils/seeds/raw.csv": "id,amount\n1,2.5\n",
};
const project = (more = "") => `name: shop\npackages: [{local: packages/utils}]\n${more}`;

async function faults(files: ProjectFiles): Promise<unknown[]> {
  const projectDir = await writeProject(files);
  try {
    await parseManifest(await loadProject({ projectDir, env: {} }));
    return [];
  } catch (error) {
    return summaries(toSlaErrors(error));
  }
}

describe("a package of a project", () => {
  it("has ids, names and paths of its own", async () => {
    const { manifest, warnings } = await parseProject({ "project.yml": project(), ...UTILS });
    expect(warnings).toEqual([]);
    expect([
      ...Object.keys(manifest.nodes),
      ...Object.keys(manifest.sources),
      ...Object.keys(manifest.macros),
    ]).toEqual([
      "model.utils.orders",
      "model.utils.stg_orders",
      "seed.utils.raw",
      "test.utils.no_loss",
      expect.stringMatching(/^test\.utils\.not_null_orders_amount\.[0-9a-f]{10}$/),
      expect.stringMatching(/^test\.utils\.positive_orders_amount\.[0-9a-f]{10}$/),
      "source.utils.crm.people",
      "macro.utils.money",
      "macro.utils.test_positive",
      "macro.utils.twice",
    ]);
    expect(manifest.nodes["model.utils.stg_orders"]).toMatchObject({
      package_name: "utils",
      package_path: "packages/utils",
      path: "staging/stg_orders.sql",
      original_file_path: "packages/utils/models/staging/stg_orders.sql",
      fqn: ["utils", "staging", "stg_orders"],
      depends_on: { nodes: ["seed.utils.raw"], macros: ["macro.utils.money", "macro.utils.twice"] },
    });
    expect(manifest.nodes["model.utils.orders"]).toMatchObject({
      description: "All orders",
      patch_path: "packages/utils/models/schema.yml",
    });
    expect(manifest.metadata.project_name).toBe("shop");
  });

  it("is configured by itself, and last of all by the project", async () => {
    const config = async (more: string) => {
      const { manifest } = await parseProject({ "project.yml": project(more), ...UTILS });
      const { tags, materialized, schema } = manifest.nodes["model.utils.stg_orders"]!.config;
      return { tags, materialized, schema };
    };
    expect(await config("")).toEqual({
      tags: ["packaged", "in_file"],
      materialized: "view",
      schema: "in_file",
    });
    expect(
      await config("models: {+materialized: table, utils: {staging: {+schema: mine, +tags: [root]}}}"),
    ).toEqual({ tags: ["packaged", "in_file", "root"], materialized: "table", schema: "mine" });
  });

  it("reads its own variables, and the project's before them", async () => {
    const code = async (more: string, vars?: Record<string, unknown>) => {
      const parsed = await parseProject({ "project.yml": project(more), ...UTILS }, { vars });
      return compilerFor(parsed).compile(parsed.manifest.nodes["model.utils.stg_orders"] as never).code;
    };
    expect(await code("")).toBe(
      "select ROUND((2 * amount), 2) as amount, 'EUR' as c, 2 as r from `sla_own`.`raw`",
    );
    const scoped = "vars: {currency: USD, rate: 3, utils: {rate: 4}}";
    expect(await code(scoped)).toContain("'USD' as c, 4 as r");
    expect(await code(scoped, { rate: 5 })).toContain("'USD' as c, 5 as r");
  });

  it("lets the project put a model in the place of one of its own", async () => {
    const files = {
      "project.yml": project("models: {utils: {staging: {stg_orders: {+enabled: false}}}}"),
      "models/stg_orders.sql": SQL,
      ...UTILS,
    };
    const { manifest } = await parseProject(files);
    expect(manifest.nodes["model.utils.orders"]!.depends_on.nodes).toEqual(["model.shop.stg_orders"]);
    expect(Object.keys(manifest.disabled)).toContain("model.utils.stg_orders");
  });

  it("is referred to by name, or by package and name; macros and tests alike", async () => {
    const parsed = await parseProject({
      "project.yml": project(),
      ...UTILS,
      "packages/utils/models/orders.sql": 'select * from {{ref "utils" "stg_orders"}}',
      "models/a.sql":
        'select {{utils.money "x"}} as x, {{money "y"}} as y, {{twice "z"}} as z from {{ref "utils" "orders"}} join {{ref "stg_orders"}} {{#each (list 1)}}{{utils.money "i"}}{{/each}}',
      "macros/twice.sql": "{{#macro twice x}}({{x}} + {{x}}){{/macro}}",
      "models/a.yml":
        "models: [{name: a, columns: [{name: x, tests: [positive, utils.positive: {name: p2}]}]}]",
    });
    const { manifest } = parsed;
    expect(manifest.nodes["model.shop.a"]!.depends_on).toEqual({
      nodes: ["model.utils.orders", "model.utils.stg_orders"],
      macros: ["macro.shop.twice", "macro.utils.money", "macro.utils.twice"],
    });
    const tests = Object.values(manifest.nodes).filter(({ unique_id }) => unique_id.startsWith("test.shop."));
    expect(tests.map(({ name, depends_on }) => [name, depends_on])).toEqual([
      ["p2", { nodes: ["model.shop.a"], macros: ["macro.utils.test_positive"] }],
      ["utils_positive_a_x", { nodes: ["model.shop.a"], macros: ["macro.utils.test_positive"] }],
    ]);
    // A macro calls its own package's, whatever the project has of that name.
    expect(compilerFor(parsed).compile(manifest.nodes["model.shop.a"] as never).code).toBe(
      "select ROUND((2 * x), 2) as x, ROUND((2 * y), 2) as y, (z + z) as z from `sla`.`orders` join `sla_in_file`.`stg_orders` ROUND((2 * i), 2)",
    );
  });
});

it("calls macros that the project dispatches to others", async () => {
  const parsed = await parseProject({
    "project.yml": project("dispatch: [{macro_namespace: utils, search_order: [shop, utils]}]\n"),
    ...UTILS,
    "macros/twice.sql": "{{#macro twice x}}({{x}} + {{x}}){{/macro}}",
  });
  const node = parsed.manifest.nodes["model.utils.stg_orders"]!;
  expect(node.depends_on.macros).toEqual(["macro.shop.twice", "macro.utils.money"]);
  expect(compilerFor(parsed).compile(node as never).code).toContain("ROUND((amount + amount), 2)");
});

it("keeps the ephemeral models of two packages apart", async () => {
  const parsed = await parseProject({
    "project.yml": "name: shop\npackages: [{local: a}]\nmodels: {+materialized: ephemeral}",
    "a/project.yml": "name: a",
    "a/models/m.sql": "select 1 as id",
    "models/m.sql": "select 2 as id",
    "models/x.sql": '{{config materialized="view"}}select * from {{ref "a" "m"}} join {{ref "m"}}',
  });
  expect(compilerFor(parsed).compile(parsed.manifest.nodes["model.shop.x"] as never).code).toBe(
    "WITH `__sla__cte__a__m` AS (\nselect 1 as id\n), `__sla__cte__m` AS (\nselect 2 as id\n)\nselect * from `__sla__cte__a__m` join `__sla__cte__m`",
  );
});

describe("what is wrong with packages is said where it stands", () => {
  it.each<[string, ProjectFiles, string, string]>([
    [
      "not installed",
      { "project.yml": 'name: shop\npackages:\n  - npm: "@acme/sla-utils"\n' },
      "SLA113",
      "the package @acme/sla-utils is not installed",
    ],
    [
      "no such folder",
      { "project.yml": "name: shop\npackages:\n  - local: ../nowhere-at-all\n" },
      "SLA113",
      "the folder ../nowhere-at-all does not exist",
    ],
    [
      "no project",
      { "project.yml": "name: shop\npackages:\n  - local: models\n", "models/a.sql": SQL },
      "SLA113",
      "models is no sla project: it has no project.yml",
    ],
    [
      "the project's own name",
      { "project.yml": project(), "packages/utils/project.yml": "name: shop" },
      "SLA113",
      'two packages are called "shop": the project itself and packages/utils',
    ],
    [
      "two of one name",
      {
        "project.yml": "name: shop\npackages: [{local: a}, {local: b}]",
        "a/project.yml": "name: u",
        "b/project.yml": "name: u",
      },
      "SLA113",
      'two packages are called "u": a and b',
    ],
    [
      "a circle",
      {
        "project.yml": "name: shop\npackages: [{local: a}]",
        "a/project.yml": "name: a\npackages: [{local: ../b}]",
        "b/project.yml": "name: b\npackages: [{local: ../a}]",
      },
      "SLA113",
      "packages need each other: a → b → a",
    ],
    [
      "another sla",
      { "project.yml": project(), "packages/utils/project.yml": 'name: utils\nrequire-sla-version: ">=9"' },
      "SLA114",
      '"utils" asks for sla >=9, this is 0.1.0',
    ],
    [
      "dbt's spelling",
      { "project.yml": "name: shop\npackages: [{package: dbt-labs/dbt_utils}]" },
      "SLA103",
      'unknown key "package" in packages[0]',
    ],
    [
      "one relation",
      { "project.yml": project(), ...UTILS, "models/orders.sql": SQL },
      "SLA210",
      '"orders" (models/orders.sql) and "orders" (packages/utils/models/orders.sql) both build sla.orders',
    ],
    [
      "a fault in a file of it",
      {
        "project.yml": project(),
        ...UTILS,
        "packages/utils/models/bad.sql": 'select * from {{ref "nothing"}}',
      },
      "SLA203",
      '"bad" reads ref "nothing", which does not exist',
    ],
    [
      "any of several",
      {
        "project.yml": "name: shop\npackages: [{local: a}, {local: b}]",
        "a/project.yml": "name: a",
        "a/models/m.sql": SQL,
        "b/project.yml": "name: b",
        "b/models/m.sql": '{{config alias="m2"}}select 1 as id',
        "models/x.sql": 'select * from {{ref "m"}}',
      },
      "SLA203",
      '"x" reads ref "m", which may be any of several',
    ],
    [
      "an unknown package",
      { "project.yml": project(), ...UTILS, "models/x.sql": 'select * from {{ref "util" "orders"}}' },
      "SLA203",
      '"x" reads ref "util.orders", which does not exist',
    ],
    [
      "a folder that it has not",
      { "project.yml": project("models: {utils: {stagin: {+enabled: false}}}"), ...UTILS },
      "SLA103",
      'unknown key "stagin" in models.utils',
    ],
  ])("%s", async (_, files, code, message) => {
    expect(await faults(files)).toMatchObject([{ code, message }]);
  });
});

it.each([
  ["0.1.0", [">=0.1.0, <2"], true],
  ["0.1.0", ["^0.1.0"], true],
  ["0.2.0", ["^0.1.0"], false],
  ["1.9.9", ["^1.2"], true],
  ["1.2.9", ["~1.2.3"], true],
  ["1.3.0", ["~1.2.3"], false],
  ["1.2.3", [">= 1.0", "<=1.2.3"], true],
  ["1.2.3", ["latest"], undefined],
])("version %s in %j: %j", (version, ranges, expected) => {
  expect(inRange(version, ranges)).toBe(expected);
});
