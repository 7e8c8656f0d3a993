import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { generateDocs } from "../../src/commands/docs.js";
import type { SiteCore, SiteDetail, SiteShard } from "../../src/docs/site-data.js";
import { ENGINES, type Engine, engineEnvironment, schemaName } from "../harness/engines.js";
import { build, effects, frontEnd, generate, siteProject } from "./site-project.js";

/** A data file as a browser reads it. */
function read<T>(file: string, name: string): T {
  const text = readFileSync(join(dirname(fileURLToPath(file)), "data", `${name}.js`), "utf8");
  let found: unknown;
  new Function("slaData", text)((_: string, value: unknown) => {
    found = value;
  });
  return found as T;
}

describe.each(ENGINES)("on $name", (engine: Engine) => {
  test("types, keys, sizes, results and failing rows are those of the warehouse", async () => {
    const schema = schemaName(`site_${engine.name}`);
    const dir = siteProject();
    await build(dir, engine, schema);
    const file = await generate(dir, engine, schema);
    const core = read<SiteCore>(file, "core");
    const node = (id: string) => core.nodes.find((found) => found.id === id)!;
    const detail = (id: string): SiteDetail => read<SiteShard>(file, `detail-${node(id).shard}`)[id]!;

    expect(core.project).toMatchObject({ name: "shop", adapter: engine.type });
    expect(core.project.engine).toMatch(/^(DuckDB|MariaDB|MySQL) \d/);
    expect(core.runs).toMatchObject([{ command: "build", status: "error", published: 0 }]);
    expect(node("seed.shop.raw_orders")).toMatchObject({ state: { status: "success", rows: 3 } });
    expect(node("model.shop.cities").state).toMatchObject({ status: "skipped" });
    const failed = core.nodes.find(({ id }) => id.includes("accepted_values_orders_amount"))!;
    expect(failed.state).toMatchObject({ status: "fail", failures: 1 });
    expect(detail(failed.id).failures?.rows).toHaveLength(1);
    expect(detail(failed.id).texts.map(({ title, problem }) => [title, problem])).toEqual([
      ["MySQL", null],
      ["DuckDB", null],
    ]);
    // Nothing was published: the project's own words are all there is.
    expect(detail("model.shop.orders").columns.map(({ name, type }) => [name, type])).toEqual([
      ["id", null],
      ["amount", null],
      ["city", null],
    ]);
    expect(core.timeline!.spans.length).toBeGreaterThan(5);
    expect(core.nodes[core.timeline!.critical.at(-1)!]).toBeDefined();
  });

  test("what is published has its types, keys and rows", async () => {
    const schema = schemaName(`good_${engine.name}`);
    const dir = siteProject({ "models/schema.yml": GOOD });
    await build(dir, engine, schema);
    const file = await generate(dir, engine, schema);
    const core = read<SiteCore>(file, "core");
    const orders = core.nodes.find(({ id }) => id === "model.shop.orders")!;
    const detail = read<SiteShard>(file, `detail-${orders.shard}`)["model.shop.orders"]!;
    expect(orders).toMatchObject({
      relation: { schema: engine.type === "duckdb" ? "sla" : schema, name: "orders" },
      state: { status: "success", published: true },
      size: { rows: 3, exact: true },
    });
    expect(detail.primaryKey).toEqual(["id"]);
    expect(detail.columns.slice(0, 2)).toMatchObject([
      { name: "id", nullable: false, description: "The key." },
      { name: "amount", type: expect.stringMatching(/^decimal\(/) },
    ]);
    expect(detail.columns[0]!.tests.map((at) => core.nodes[at]!.test!.name)).toEqual(["not_null", "unique"]);
    const view = core.nodes.find(({ id }) => id === "model.shop.stg_orders")!;
    expect(read<SiteShard>(file, `detail-${view.shard}`)[view.id]!.columns.map(({ name }) => name)).toEqual([
      "id",
      "amount",
      "city",
    ]);
    expect(read<[number, unknown][]>(file, "lineage").length).toBeGreaterThan(3);
  });
});

const GOOD =
  "models:\n  - name: orders\n    columns:\n      - name: id\n        description: The key.\n        data_tests: [unique, not_null]\n";

test("without a warehouse the site says nothing of it, and a server that is not there is told with a way out", async () => {
  const dir = siteProject();
  await frontEnd();
  const env = {
    SLA_MYSQL_HOST: "127.0.0.1",
    SLA_MYSQL_PORT: "1",
    SLA_MYSQL_USER: "u",
    SLA_MYSQL_PASSWORD: "hunter2hunter2",
  };
  await expect(generateDocs({ projectDir: dir, target: "mysql" }, effects(env))).rejects.toMatchObject({
    code: "SLA401",
    hint: expect.stringContaining("--empty-catalog"),
  });
  const { folder } = await generateDocs(
    { projectDir: dir, target: "mysql", emptyCatalog: true },
    effects(env),
  );
  const core = read<SiteCore>(`file://${folder}/index.html`, "core");
  expect(core.project.engine).toBeNull();
  expect(core.runs).toEqual([]);
  expect(core.nodes.every(({ size }) => size === null)).toBe(true);
});

test("a secret that a template puts into SQL is blotted out", async () => {
  const dir = siteProject({
    "models/leak.sql": "SELECT '{{env_var \"API_TOKEN\"}}' AS token\n",
  });
  await frontEnd();
  const env = { API_TOKEN: "s3cret-s3cret", ...engineEnvironment(ENGINES[0]!) };
  const { folder } = await generateDocs({ projectDir: dir, emptyCatalog: true }, effects(env));
  const core = read<SiteCore>(`file://${folder}/index.html`, "core");
  const leak = core.nodes.find(({ name }) => name === "leak")!;
  const texts = read<SiteShard>(`file://${folder}/index.html`, `detail-${leak.shard}`)[leak.id]!.texts;
  expect(texts[1]).toMatchObject({ title: "MySQL", text: "SELECT '*****' AS token" });
});
