import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { generateDocs } from "../../src/commands/docs.js";
import { type Effects, freshness, parse, retry } from "../../src/commands/index.js";
import { frontEnd } from "../docs-site/site-project.js";
import { ENGINES } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";
import { EVERYTHING, SECRETS } from "./everything.js";
import { artifactFaults, readArtifacts } from "./found.js";
import { differences } from "./invariants.js";

function effects(env: Record<string, string> = {}): Effects {
  return { env, clock: () => new Date(), emit() {}, signal: new AbortController().signal };
}

const read = (house: Warehouse, name: string) =>
  JSON.parse(readFileSync(join(house.dir, "target", name), "utf8"));

describe.each(ENGINES)("dbt's artifacts on $name", (engine) => {
  let house: Warehouse;
  let ids: Record<string, string>;

  beforeAll(async () => {
    await frontEnd();
    house = new Warehouse(engine, "artifacts", EVERYTHING);
    appendFileSync(join(house.dir, "project.yml"), SECRETS);
    await house.build();
    await generateDocs({ projectDir: house.dir }, effects());
    await freshness({ projectDir: house.dir }, effects());
    ids = Object.fromEntries(
      Object.entries(readArtifacts(join(house.dir, "target"))).map(([name, { metadata }]) => [
        name,
        metadata.invocation_id,
      ]),
    );
  }, 240_000);

  it("are valid, and hold what readers rely on", () => {
    expect(artifactFaults(join(house.dir, "target"))).toEqual([]);
    expect(ids.run_results).toBe(ids.manifest);
  });

  it("show a node of every kind as dbt has it", () => {
    const { manifest } = readArtifacts(join(house.dir, "target"));
    const kinds = new Set(Object.keys(manifest.nodes).map((id) => id.slice(0, id.indexOf("."))));
    expect([...kinds].sort()).toEqual(["model", "seed", "snapshot", "test"]);
    const { nodes, macros, unit_tests, exposures, metrics, disabled, selectors, sources } = manifest;
    expect(nodes["model.shop.orders"]).toMatchObject({
      path: "marts/orders.sql",
      patch_path: "shop://models/models.yml",
      fqn: ["shop", "marts", "orders"],
      compiled: true,
      compiled_path: "target/compiled/shop/models/marts/orders.sql",
      config: { materialized: "table", tags: ["finance"], "post-hook": [], access: "protected" },
      depends_on: { macros: [], nodes: ["model.shop.only_big"] },
      primary_key: ["id"],
    });
    expect(nodes["model.shop.only_big"].depends_on).toEqual({
      macros: ["macro.shop.least_amount"],
      nodes: ["model.shop.stg_orders"],
    });
    expect(nodes["model.shop.visitors"]).toMatchObject({
      language: "sql",
      meta: { sla_language: "typescript" },
      sources: [["web", "visits"]],
      compiled_code: null,
    });
    expect(nodes["model.shop.regulars"]).toMatchObject({
      config: { materialized: "procedure" },
      depends_on: { macros: ["macro.shop.find_regulars"], nodes: ["model.shop.orders"] },
      compiled_code: expect.stringMatching(/^CALL .*\(1\)$/),
    });
    expect(macros["macro.shop.find_regulars"].arguments).toEqual([
      { name: "least", type: "INT", description: "How often." },
    ]);
    expect(nodes["model.shop.greeted"].depends_on.nodes).toEqual(["model.shop.regulars"]);
    expect(nodes["snapshot.shop.kept"].fqn).toEqual(["shop", "kept", "kept"]);
    expect(nodes["snapshot.shop.order_history"].fqn).toEqual(["shop", "order_history"]);
    expect(Object.keys(unit_tests)).toEqual(["unit_test.shop.orders.small_ones_go"]);
    expect(exposures["exposure.shop.order_page"].depends_on.nodes).toEqual([
      "model.shop.orders",
      "source.shop.web.visits",
      "metric.shop.revenue",
    ]);
    expect(metrics["metric.shop.average"]).toMatchObject({
      type: "derived",
      type_params: { expr: "(SUM(amount)) / NULLIF(COUNT(*), 0)" },
    });
    expect(Object.keys(disabled)).toContain("model.shop.retired");
    expect(Object.keys(selectors)).toEqual(["nightly"]);
    expect(sources["source.shop.web.visits"].freshness.warn_after).toEqual({ count: 20000, period: "day" });
    expect(nodes["seed.shop.raw_orders"].checksum.name).toBe("sha256");
    expect(Object.keys(macros)).toEqual(
      expect.arrayContaining([
        "macro.dbt.test_not_null",
        "macro.dbt_utils.test_unique_combination_of_columns",
        "macro.sla.test_accepted_range",
        "macro.shop.test_within",
      ]),
    );
  });

  it("tell results by the ids of the manifest, with the SQL that readers see and the rows that were written", () => {
    const { run_results: run, manifest } = readArtifacts(join(house.dir, "target"));
    const of = (id: string) => run.results.find(({ unique_id }: { unique_id: string }) => unique_id === id);
    expect(of("model.shop.orders")).toMatchObject({
      status: "success",
      adapter_response: { rows_affected: 2, sla_published: true },
      relation_name: manifest.nodes["model.shop.orders"].relation_name,
      compiled_code: manifest.nodes["model.shop.orders"].compiled_code,
    });
    expect(of("model.shop.regulars")).toMatchObject({
      status: "success",
      adapter_response: { sla_node: "procedure.shop.find_regulars" },
    });
    expect(JSON.stringify(run)).not.toContain("__sla_new");
    const test = of("test.shop.unique_orders_id.1360ecc70e");
    expect(test).toMatchObject({ status: "pass", failures: 0, relation_name: null });
  });

  it("catalogue what stands in the warehouse, and when sources were loaded", () => {
    const { catalog, sources } = readArtifacts(join(house.dir, "target"));
    expect(Object.keys(catalog.nodes)).toEqual(
      expect.arrayContaining(["model.shop.regulars", "seed.shop.raw_orders", "snapshot.shop.kept"]),
    );
    expect(Object.keys(catalog.nodes)).not.toContain("model.shop.only_big");
    expect(Object.keys(catalog.sources)).toEqual(["source.shop.web.pages", "source.shop.web.visits"]);
    const { metadata, columns, stats } = catalog.nodes["model.shop.orders"];
    expect(metadata.type).toBe(engine.type === "duckdb" ? "BASE TABLE" : "table");
    expect(Object.keys(columns)).toEqual(["id", "customer", "amount", "ordered_at"]);
    expect(stats.has_stats).toMatchObject({ value: true, include: false });
    expect(sources.results).toMatchObject([
      { unique_id: "source.shop.web.visits", max_loaded_at: "2026-01-02T00:00:00.000Z" },
    ]);
  });

  it("show no secret anywhere in the target folder", () => {
    const leaks = files(join(house.dir, "target")).filter((file) =>
      readFileSync(file).includes("gruesome-pepper-77"),
    );
    expect(leaks.map((file) => file.slice(house.dir.length)).filter((file) => !isPrivate(file))).toEqual([]);
    const { nodes } = read(house, "manifest.json");
    expect(nodes["model.shop.stg_orders"].compiled_code).toContain("'*****'");
  });

  it("are the same after another run, but for the times", async () => {
    const before = readArtifacts(join(house.dir, "target"));
    await house.build();
    const after = readArtifacts(join(house.dir, "target"));
    expect(differences(before.manifest, after.manifest)).toEqual([]);
    expect(after.manifest.metadata.invocation_id).not.toBe(before.manifest.metadata.invocation_id);
    const rerun = differences(before.run_results, after.run_results);
    // What adds to its table has nothing to add; what reads a table that was built anew says so.
    expect(rerun.filter((line) => !/rows_affected|essage|sla_published/.test(line))).toEqual([]);
    expect(artifactFaults(join(house.dir, "target"))).toEqual([]);
  });
});

/** Caches are for this machine alone. */
const isPrivate = (path: string): boolean => /^\/target\/(cache|parse-cache|lineage-cache)\b/.test(path);

function files(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

describe("on one engine", () => {
  const engine = ENGINES[0]!;

  it("a copied target folder serves --state; without our own manifest it says what is missing", async () => {
    const house = new Warehouse(engine, "state", {
      "models/a.sql": "SELECT 1 AS x\n",
      "models/b.sql": 'SELECT * FROM {{ref "a"}}\n',
    });
    await house.build();
    cpSync(join(house.dir, "target"), join(house.dir, "before"), { recursive: true });
    house.write({ "models/b.sql": 'SELECT x + 1 AS x FROM {{ref "a"}}\n' });
    const changed = await house.run("build", { state: "before", select: ["state:modified"] });
    expect(changed.status).toEqual({ b: "success" });
    const succeeded = await house.run("build", { state: "before", select: ["result:success"] });
    expect(succeeded.status).toEqual({ a: "success", b: "success" });
    rmSync(join(house.dir, "before", "sla_manifest.json"));
    const { errors } = await house.run("build", { state: "before", select: ["state:modified"] });
    expect(errors[0]).toMatchObject({
      code: "SLA112",
      message: expect.stringContaining("no sla_manifest.json"),
      hint: expect.stringContaining("Copy the whole target folder"),
    });
  });

  it("retry takes up procedures, and asks for variables that were not kept", async () => {
    const house = new Warehouse(engine, "retry", {
      ...EVERYTHING,
      "models/marts/greeted.sql": 'SELECT nothing FROM {{ref "regulars"}}\n',
    });
    appendFileSync(join(house.dir, "project.yml"), SECRETS);
    const first = await house.run("build", { vars: { pepper: "of-the-day-123" } });
    expect(first.status.greeted).toBe("error");
    const text = readFileSync(join(house.dir, "target/run_results.json"), "utf8");
    expect(text).not.toContain("of-the-day-123");
    await expect(retry({ projectDir: house.dir }, effects())).rejects.toMatchObject({
      code: "SLA701",
      message: expect.stringContaining("pepper"),
    });
    house.write({ "models/marts/greeted.sql": 'SELECT customer FROM {{ref "regulars"}}\n' });
    const again = await retry({ projectDir: house.dir, vars: { pepper: "of-the-day-123" } }, effects());
    // Nothing of the failed run was published: what was built is built again.
    expect(again.results.map(({ unique_id }) => unique_id)).toContain("procedure.shop.find_regulars");
    expect(again.results.every(({ status }) => status === "success" || status === "pass")).toBe(true);
  }, 60_000);

  it("a secret that is an everyday word is hidden in SQL, and stays where it is a name", async () => {
    const house = new Warehouse(engine, "words", {
      "seeds/pepper.csv": "id\n1\n",
      "models/raw.yml":
        "sources:\n  - { name: pepper, schema: main, tables: [{ name: t, columns: [{ name: id, tests: [not_null] }] }] }\n",
      "models/a.sql": 'SELECT {{literal (var "key")}} AS k FROM {{ref "pepper"}}\n',
    });
    appendFileSync(join(house.dir, "project.yml"), "vars: { key: pepper }\nsecret-vars: [key]\n");
    await house.build({ select: ["+a"] });
    const { nodes } = read(house, "manifest.json");
    expect(nodes["model.shop.a"].compiled_code).toContain("'*****'");
    expect(nodes["model.shop.a"].depends_on.nodes).toEqual(["seed.shop.pepper"]);
    const [test] = Object.values<{ test_metadata?: { kwargs: { model: string } } }>(nodes).filter(
      (node) => "test_metadata" in node,
    );
    expect(test!.test_metadata!.kwargs.model).toBe("{{ get_where_subquery(source('pepper', 't')) }}");
    for (const folder of ["compiled", "run"])
      expect(readFileSync(join(house.dir, "target", folder, "shop/models/a.sql"), "utf8")).not.toContain(
        "'pepper'",
      );
  });

  it("commands that run nothing leave the manifest alone, and write it where it is stale", async () => {
    const house = new Warehouse(engine, "stale", { "models/a.sql": "SELECT 1 AS x\n" });
    await house.build();
    const before = readFileSync(join(house.dir, "target/manifest.json"), "utf8");
    await parse({ projectDir: house.dir }, effects());
    expect(readFileSync(join(house.dir, "target/manifest.json"), "utf8")).toBe(before);
    house.write({ "models/b.sql": "SELECT 2 AS x\n" });
    await parse({ projectDir: house.dir }, effects());
    expect(Object.keys(read(house, "manifest.json").nodes)).toEqual(["model.shop.a", "model.shop.b"]);
    // The same project, and an environment that its SQL reads: the SQL is another.
    house.write({ "models/b.sql": 'SELECT \'{{env_var "CITY" "Rome"}}\' AS city\n' });
    await house.build();
    expect(read(house, "manifest.json").nodes["model.shop.b"].compiled_code).toContain("Rome");
  });
});
