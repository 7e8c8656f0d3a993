import { describe, expect, it } from "vitest";
import { genericTestHash, genericTestName } from "../../src/compile/generic-test-name.js";
import { pythonRepr } from "../../src/compile/python-repr.js";
import { parseRelationArgument } from "../../src/compile/relation-argument.js";
import type { Manifest, ModelNode, NodeConfig, TestNode } from "../../src/manifest/index.js";
import { errorsOf, type ProjectFiles, parseProject, summaries } from "../harness/project.js";

/** The manifest of a project that is all right, without warnings. */
async function manifestOf(files: ProjectFiles): Promise<Manifest> {
  const { manifest, warnings } = await parseProject(files);
  expect(summaries(warnings)).toEqual([]);
  return manifest;
}

function tests(manifest: Manifest): Record<string, TestNode> {
  const nodes = Object.values(manifest.nodes).filter(
    (node): node is TestNode => node.resource_type === "test",
  );
  return Object.fromEntries(nodes.map((node) => [node.name, node]));
}

describe("names of generic tests are dbt's", () => {
  const model = (reference: string) => `{{ get_where_subquery(${reference}) }}`;

  it.each<[string, string, string, Record<string, unknown>, string]>([
    ["not_null", "orders", "not_null_orders_id", { column_name: "id" }, "84ef11d8fe"],
  ])("%s of %s", (test, target, name, args, hash) => {
    expect(genericTestName(test, target, args)).toEqual({ short: name, full: name });
    expect(genericTestHash(name, test, { ...args, model: model(`ref('${target}')`) })).toBe(hash);
  });

  it("of a source", () => {
    const { full } = genericTestName("source_not_null", "seed_sources_raw_customers", { column_name: "id" });
    expect(full).toBe("source_not_null_seed_sources_raw_customers_id");
    const kwargs = { column_name: "id", model: model("source('seed_sources', 'raw_customers')") };
    expect(genericTestHash(full, "not_null", kwargs)).toBe("e39ee7bf0d");
  });

  it.each<[Record<string, unknown>, string]>([
    [{ column_name: "status", values: ["open", "in work", "don't"] }, "t_m_status__open__in_work__don_t"],
    [{ values: [1, true, null], quote: false, column_name: "c" }, "t_m_c__False__1__True__None"],
    [{ column_name: "id", to: "ref('dim')", field: "key" }, "t_m_id__key__ref_dim_"],
    [{}, "t_m_"],
  ])("arguments %j", (args, name) => {
    expect(genericTestName("t", "m", args).full).toBe(name);
  });

  it("that are too long are cut for files and tables, and stay unique", () => {
    const { short, full } = genericTestName("accepted_values", "a_model_of_a_rather_long_name", {
      column_name: "status",
      values: ["first", "second", "third"],
    });
    expect(full).toBe("accepted_values_a_model_of_a_rather_long_name_status__first__second__third");
    expect(short).toMatch(/^accepted_values_a_model_of_a_r_[0-9a-f]{32}$/);
  });
});

describe("text as Python prints it", () => {
  it.each<[unknown, string]>([
    ["it's", `"it's"`],
    [`it's "x"`, `'it\\'s "x"'`],
    ["a\\b\n\t\u0001", "'a\\\\b\\n\\t\\x01'"],
    [[1, true, null], "['1', 'True', 'None']"],
    [{ b: 1, a: { d: "x", c: [] } }, "{'a': {'c': [], 'd': 'x'}, 'b': '1'}"],
  ])("%j", (value, text) => {
    expect(pythonRepr(value)).toBe(text);
  });
});

describe("a reference in the arguments of a test", () => {
  it.each<[string, unknown]>([
    ["ref('a')", { kind: "ref", package: null, name: "a" }],
    ['ref("a")', { kind: "ref", package: null, name: "a" }],
    ["ref 'a'", { kind: "ref", package: null, name: "a" }],
    ["ref('shop', 'a')", { kind: "ref", package: "shop", name: "a" }],
    ["source('s', 't')", { kind: "source", source: "s", table: "t" }],
    ["{{ source('s','t') }}", { kind: "source", source: "s", table: "t" }],
    ["source('s')", undefined],
    ["orders", undefined],
  ])("%s", (text, found) => {
    expect(parseRelationArgument(text)).toEqual(found);
  });
});

describe("config", () => {
  const configOf = async (files: ProjectFiles): Promise<NodeConfig> =>
    (await manifestOf({ "models/marts/daily/a.sql": "select 1", ...files })).nodes["model.shop.a"]!.config;

  it("comes from the folder, then the properties, then the model itself", async () => {
    const yml = (models: string) => `name: shop\nmodels:\n${models}`;
    const folder = yml(
      "  +materialized: table\n  marts: {schema: marts, daily: {+materialized: ephemeral}}\n",
    );
    const properties = "models: [{name: a, config: {materialized: view, alias: b}}]";
    expect(await configOf({ "project.yml": folder })).toMatchObject({
      materialized: "ephemeral",
      schema: "marts",
    });
    expect(await configOf({ "project.yml": folder, "models/p.yml": properties })).toMatchObject({
      materialized: "view",
      alias: "b",
    });
    const own = '{{config materialized="table" alias="c"}}select 1';
    expect(
      await configOf({ "project.yml": folder, "models/p.yml": properties, "models/marts/daily/a.sql": own }),
    ).toMatchObject({
      materialized: "table",
      alias: "c",
      schema: "marts",
    });
  });

  it("may name the package first, and end at the model", async () => {
    expect(
      await configOf({
        "project.yml": "name: shop\nmodels: {shop: {marts: {daily: {a: {enabled: true, tags: x}}}}}",
      }),
    ).toMatchObject({
      tags: ["x"],
    });
  });

  it("adds tags up and merges meta", async () => {
    const config = await configOf({
      "project.yml":
        "name: shop\nmodels: {tags: [one], meta: {a: 1, b: 1}, marts: {tags: two, meta: {b: 2}}}",
      "models/p.yml": "models: [{name: a, tags: [three], meta: {c: 3}, config: {tags: [one]}}]",
      "models/marts/daily/a.sql": "{{config tags=(list 'four' 'five')}}select 1",
    });
    expect(config.tags).toEqual(["one", "two", "three", "four", "five"]);
    expect(config.meta).toEqual({ a: 1, b: 2, c: 3 });
  });

  it("takes keys and indexes beside the columns, too", async () => {
    const config = await configOf({
      "models/p.yml": "models: [{name: a, primary_key: id, indexes: [{columns: 'x, y', unique: true}]}]",
    });
    expect(config).toMatchObject({ primary_key: ["id"], indexes: [{ columns: ["x", "y"], unique: true }] });
  });

  it("may depend on the target, variables and the environment", async () => {
    const text =
      "{{config materialized=(var 'how') enabled=(or (eq target.type 'mysql') true) alias=(env_var 'ALIAS' 'z') primary_key='a, b'}}select 1";
    const files = { "project.yml": "name: shop\nvars: {how: table}", "models/marts/daily/a.sql": text };
    expect(await configOf(files)).toMatchObject({
      materialized: "table",
      alias: "z",
      primary_key: ["a", "b"],
      enabled: true,
    });
  });
});

describe("where nodes stand", () => {
  it("custom schemas are appended to the target's, aliases name the table", async () => {
    const { nodes } = await manifestOf({
      "project.yml": "name: shop\nmodels: {staging: {schema: staging}}\nseeds: {schema: raw}",
      "models/staging/stg.sql": "{{config alias='stage'}}select 1",
      "models/a.sql": "select 1",
      "seeds/geo/towns.csv": "id\n1\n",
    });
    const where = Object.values(nodes).map((node) =>
      "schema" in node ? `${node.schema}.${node.alias}` : "",
    );
    expect(where).toEqual(["sla.a", "sla_staging.stage", "sla_raw.towns"]);
    expect(nodes["seed.shop.towns"]).toMatchObject({
      path: "geo/towns.csv",
      original_file_path: "seeds/geo/towns.csv",
      fqn: ["shop", "geo", "towns"],
      config: { materialized: "seed" },
    });
  });

  it("sources stand where they say, else in a schema of their name", async () => {
    const { sources } = await manifestOf({
      "models/erp/sources.yml":
        "sources:\n  - {name: crm, tables: [{name: people, identifier: tbl_people}]}\n  - {name: erp, schema: legacy, loader: cron, tables: [{name: items}]}\n",
    });
    expect(sources["source.shop.crm.people"]).toMatchObject({
      schema: "crm",
      alias: "tbl_people",
      fqn: ["shop", "erp", "crm", "people"],
    });
    expect(sources["source.shop.erp.items"]).toMatchObject({
      schema: "legacy",
      alias: "items",
      loader: "cron",
    });
  });
});

describe("tests", () => {
  const FILES: ProjectFiles = {
    "models/orders.sql": "select 1 as id",
    "models/customers.sql": "select 1 as id",
    "models/deep/schema.yml": `
models:
  - name: orders
    columns:
      - name: id
        tags: [keys]
        tests:
          - unique
          - not_null: {severity: WARN, where: id > 0, config: {tags: [nightly]}}
          - relationships: {arguments: {to: ref('customers'), field: id}, name: has_customer, config: {limit: 10}}
      - name: status
        data_tests:
          - accepted_values: {values: [open, closed]}
`,
    "tests/no_bad_orders.sql": '{{config severity="warn"}}select * from {{ref "orders"}} where 1 = 0',
    "tests/deep/other.sql": "select 1 where 1 = 0",
    "tests/generic/mine.sql": "{{#test mine model}}select 1 from {{model}}{{/test}}",
    "tests/tests.yml": "tests: [{name: other, description: Never, config: {error_if: '> 10'}}]",
  };

  it("stand in properties, with dbt's config and names", async () => {
    const manifest = await manifestOf(FILES);
    const found = tests(manifest);
    expect(Object.keys(found).sort()).toEqual([
      "accepted_values_orders_status__open__closed",
      "has_customer",
      "no_bad_orders",
      "not_null_orders_id",
      "other",
      "unique_orders_id",
    ]);
    expect(found.not_null_orders_id).toMatchObject({
      fqn: ["shop", "deep", "not_null_orders_id"],
      path: "not_null_orders_id.sql",
      original_file_path: "models/deep/schema.yml",
      column_name: "id",
      attached_node: "model.shop.orders",
      tags: ["keys", "nightly"],
      config: { severity: "warn", where: "id > 0", limit: null, error_if: "!= 0", fail_calc: "count(*)" },
      depends_on: { nodes: ["model.shop.orders"] },
      test_metadata: {
        name: "not_null",
        kwargs: { column_name: "id", model: "{{ get_where_subquery(ref('orders')) }}" },
      },
    });
    expect(found.unique_orders_id!.config.severity).toBe("error");
    expect(found.has_customer).toMatchObject({
      config: { limit: 10 },
      depends_on: { nodes: ["model.shop.orders", "model.shop.customers"] },
      test_metadata: { kwargs: { to: "ref('customers')", field: "id" } },
    });
    expect(found.not_null_orders_id!.unique_id).toBe("test.shop.not_null_orders_id.84ef11d8fe");
  });

  it("stand in files", async () => {
    const found = tests(await manifestOf(FILES));
    expect(found.no_bad_orders).toMatchObject({
      unique_id: "test.shop.no_bad_orders",
      test_type: "singular",
      test_metadata: null,
      config: { severity: "warn" },
      depends_on: { nodes: ["model.shop.orders"] },
    });
    expect(found.other).toMatchObject({
      fqn: ["shop", "deep", "other"],
      description: "Never",
      config: { error_if: "> 10" },
    });
  });

  it("may stand in a folder of another name", async () => {
    const found = tests(
      await manifestOf({
        "project.yml": "name: shop\ntest-paths: [tests/data]",
        "tests/data/mine.sql": "select 1",
        "tests/golden/not_mine.sql": "select {{ nonsense",
      }),
    );
    expect(Object.keys(found)).toEqual(["mine"]);
  });

  it("take config by folder", async () => {
    const found = tests(
      await manifestOf({
        ...FILES,
        "project.yml": "name: shop\ndata_tests: {deep: {severity: warn}, limit: 5}",
      }),
    );
    expect(found.unique_orders_id!.config).toMatchObject({ severity: "warn", limit: 5 });
    expect(found.no_bad_orders!.config).toMatchObject({ severity: "warn", limit: 5 });
  });

  it("of a source come first among what they read, whatever their arguments", async () => {
    const { manifest } = await parseProject({
      "models/a.sql": "select 1 as id",
      "models/s.yml":
        "sources:\n  - name: crm\n    tables:\n      - name: people\n        columns:\n          - name: a_id\n            tests: [{relationships: {to: ref('a'), field: id}}]\n",
    });
    const [test] = Object.values(tests(manifest));
    expect(test).toMatchObject({
      name: "source_relationships_crm_people_a_id__id__ref_a_",
      attached_node: null,
      depends_on: { nodes: ["source.shop.crm.people", "model.shop.a"] },
    });
  });
});

describe("nodes that are turned off", () => {
  it("leave the graph, with their tests", async () => {
    const { manifest, warnings } = await parseProject({
      "models/a.sql": "{{config enabled=false}}select {{var 'unset'}} from {{ref 'nothing'}}",
      "models/b.sql": "select 1 as id",
      "models/p.yml":
        "models:\n  - {name: a, columns: [{name: id, tests: [unique]}]}\n  - {name: b, columns: [{name: id, tests: [{relationships: {to: ref('a'), field: id}}]}]}\n",
    });
    expect(Object.keys(manifest.nodes)).toEqual(["model.shop.b"]);
    expect(Object.keys(manifest.disabled).map((id) => id.replace(/\.[0-9a-f]{10}$/, ""))).toEqual([
      "model.shop.a",
      "test.shop.relationships_b_id__id__ref_a_",
      "test.shop.unique_a_id",
    ]);
    expect(summaries(warnings)).toEqual([
      {
        code: "SLA203",
        message:
          'the test "relationships_b_id__id__ref_a_" reads ref "a", which is disabled, and does not run',
        at: "models/p.yml:3:44",
      },
    ]);
  });

  it("cannot be read by others", async () => {
    const errors = await errorsOf({
      "models/a.sql": "{{config enabled=false}}select 1",
      "models/b.sql": "select * from {{ref 'a'}}",
    });
    expect(summaries(errors)).toEqual([
      {
        code: "SLA203",
        message: '"b" reads ref "a", which is disabled',
        hint: 'Enable it, or disable "b" too.',
        at: "models/b.sql:1:15",
      },
    ]);
  });
});

describe("properties without a node", () => {
  it("are warnings with the nearest match", async () => {
    const { warnings } = await parseProject({
      "models/orders.sql": "select 1",
      "models/p.yml":
        "models:\n  - name: order\nseeds:\n  - name: towns\nmacros:\n  - name: m\ntests:\n  - name: t\n",
    });
    expect(summaries(warnings)).toEqual([
      {
        code: "SLA111",
        message: 'there is no model "order", but it has properties',
        hint: 'Did you mean "orders"?',
        at: "models/p.yml:2:11",
      },
      { code: "SLA111", message: 'there is no seed "towns", but it has properties', at: "models/p.yml:4:11" },
      { code: "SLA111", message: 'there is no macro "m", but it has properties', at: "models/p.yml:6:11" },
      { code: "SLA111", message: 'there is no test "t", but it has properties', at: "models/p.yml:8:11" },
    ]);
  });
});

describe("the manifest", () => {
  const FILES: ProjectFiles = {
    "models/b.sql": 'select * from {{ref "a"}} join {{ref "a"}} using (id)',
    "models/a.sql": "select 1 as id",
    "models/p.yml":
      "models: [{name: a, description: First, columns: [{name: id, description: Key, data_type: int, tags: [k], meta: {x: 1}, tests: [unique]}]}]",
    "macros/m.sql": "{{#macro m a b=1}}{{a}}{{b}}{{/macro}}",
    "macros/m.yml":
      "macros: [{name: m, description: Both, arguments: [{name: a, type: string, description: One}]}]",
  };

  it("is the same text for the same project", async () => {
    const once = await manifestOf(FILES);
    expect(JSON.stringify(await manifestOf(FILES))).toBe(JSON.stringify(once));
  });

  it("says who depends on whom, each once", async () => {
    const { parent_map, child_map } = await manifestOf(FILES);
    const [test] = Object.keys(parent_map).filter((id) => id.startsWith("test."));
    expect(parent_map).toEqual({
      "model.shop.a": [],
      "model.shop.b": ["model.shop.a"],
      [test!]: ["model.shop.a"],
    });
    expect(child_map).toEqual({ "model.shop.a": ["model.shop.b", test], "model.shop.b": [], [test!]: [] });
  });

  it("holds what is known of a model and a macro", async () => {
    const { nodes, macros } = await manifestOf(FILES);
    const a = nodes["model.shop.a"] as ModelNode;
    expect(a).toMatchObject({
      name: "a",
      path: "a.sql",
      patch_path: "models/p.yml",
      description: "First",
      columns: { id: { name: "id", description: "Key", data_type: "int", tags: ["k"], meta: { x: 1 } } },
      raw_code: "select 1 as id",
      config: { materialized: "view" },
    });
    expect((nodes["model.shop.b"] as ModelNode).refs).toEqual([
      { package: null, name: "a", line: 1, column: 15 },
      { package: null, name: "a", line: 1, column: 32 },
    ]);
    expect(macros["macro.shop.m"]).toMatchObject({
      description: "Both",
      macro_sql: "{{#macro m a b=1}}{{a}}{{b}}{{/macro}}",
      arguments: [
        { name: "a", type: "string", description: "One", default: null },
        { name: "b", type: null, description: "", default: "1" },
      ],
    });
  });

  it("holds nothing of the environment", async () => {
    const { manifest } = await parseProject(FILES, {
      target: "mysql",
      env: { SLA_MYSQL_USER: "ann", SLA_MYSQL_PASSWORD: "s3cret" },
    });
    expect(JSON.stringify(manifest)).not.toMatch(/s3cret|"ann"/);
  });

  it("sees files that other editors and systems leave behind as none of its own", async () => {
    const manifest = await manifestOf({
      ...FILES,
      "models/.hidden.sql": "{{",
      "models/node_modules/x.sql": "{{",
      "models/readme.md": "{{",
    });
    expect(Object.keys(manifest.nodes).length).toBe(3);
  });
});
