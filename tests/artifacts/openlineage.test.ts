import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/artifacts/openlineage/index.js";
import { ENGINES } from "../harness/engines.js";
import { type Ran, Warehouse } from "../harness/warehouse.js";
import { eventFaults } from "./openlineage-check.js";
import { expectLineage } from "./openlineage-lineage.js";
import { SHOP } from "./openlineage-shop.js";

const FILE = "events.jsonl";

describe.each(ENGINES)("OpenLineage events of a build on $name", (engine) => {
  let house: Warehouse;
  let ran: Ran;
  let lines: string[];
  let events: RunEvent[];

  beforeAll(async () => {
    house = new Warehouse(engine, "lineage", SHOP);
    ran = await house.run("build", { openlineage: FILE });
    lines = readFileSync(join(house.dir, FILE), "utf8").trimEnd().split("\n");
    events = lines.map((line) => JSON.parse(line) as RunEvent);
  });

  const of = (type: string, node: string): RunEvent => {
    const found = events.filter(
      ({ eventType, job }) =>
        eventType === type && String(job.facets.dbt_node?.unique_id).split(".").slice(2).join(".") === node,
    );
    expect(found.map(({ eventType }) => eventType)).toEqual([type]);
    return found[0]!;
  };
  const names = (datasets: { name: string }[]) => datasets.map(({ name }) => name.split(".").at(-1));

  it("are valid line by line, and each run has one begin and one end", () => {
    expect(ran.errors.map(({ message }) => message)).toHaveLength(1);
    expect(eventFaults(lines)).toEqual([]);
    expect(events.filter(({ eventType }) => eventType === "START")).toHaveLength(lines.length / 2);
  });

  it("say of each node how it ended, and nothing of what did not run", () => {
    const ends = Object.fromEntries(
      events
        .filter(({ eventType, job }) => eventType !== "START" && job.facets.dbt_node !== undefined)
        .map(({ eventType, job }) => [
          String(job.facets.dbt_node!.unique_id).split(".").slice(2, 3).join("."),
          eventType,
        ]),
    );
    expect(ends).toMatchObject({
      raw_orders: "COMPLETE",
      desk: "COMPLETE",
      cities: "COMPLETE",
      days: "COMPLETE",
      scores: "COMPLETE",
      order_history: "COMPLETE",
      count_cities: "COMPLETE",
      broken: "FAIL",
      no_quiet_days: "FAIL",
      unique_stg_orders_id: "COMPLETE",
      accepted_values_stg_orders_city__Rome: "COMPLETE",
    });
    expect(ends).not.toHaveProperty("behind");
    const failed = of("FAIL", "broken");
    expect(failed.outputs).toEqual([]);
    expect(failed.run.facets.errorMessage).toMatchObject({
      message: expect.stringMatching(/missing/i),
      programmingLanguage: "SQL",
    });
    expect(events.at(-1)).toMatchObject({
      eventType: "FAIL",
      job: { name: "sla-build-shop" },
      run: {
        facets: {
          errorMessage: {
            message: expect.stringMatching(/^2 of \d+ nodes failed: .*not published: .*cities/),
          },
        },
      },
    });
  });

  it("name datasets as the specification does, and hold what was read and written", () => {
    const { inputs, outputs, job, run } = of("COMPLETE", "cities");
    const { host, port } = engine.server ?? {};
    const namespace = engine.server === undefined ? "duckdb://warehouse.duckdb" : `mysql://${host}:${port}`;
    const prefix = engine.server === undefined ? `warehouse.${house.schema}` : house.schema;
    expect(outputs).toMatchObject([
      {
        namespace,
        name: `${prefix}.cities`,
        facets: {
          schema: {
            fields: [
              { name: "city", description: "In capitals", ordinal_position: 1 },
              { name: "orders", type: "bigint", ordinal_position: 2 },
              { name: "amount", ordinal_position: 3 },
              { name: "agent", ordinal_position: 4 },
            ],
          },
          datasetType: { datasetType: "TABLE" },
          documentation: { description: "Orders by city." },
          ownership: { owners: [{ name: "team:orders" }] },
          tags: { tags: [{ key: "nightly" }, { key: "place", field: "city" }] },
          dbt_exposures: { exposures: [{ unique_id: "exposure.shop.board" }] },
        },
        outputFacets: { outputStatistics: { rowCount: 1 } },
      },
    ]);
    expect(inputs.map(({ name }) => name).sort()).toEqual([`${prefix}.agents`, `${prefix}.stg_orders`]);
    expect(inputs.find(({ name }) => name.endsWith("stg_orders"))!.facets).toMatchObject({
      schema: { fields: [{ name: "id" }, { name: "city" }, { name: "amount" }, { name: "day" }] },
      datasetType: { datasetType: "VIEW" },
    });
    expect(job.name).toBe(`${prefix}.shop.cities.build.run`);
    expect(job.facets).toMatchObject({
      jobType: { processingType: "BATCH", integration: "SLA", jobType: "MODEL" },
      sql: { dialect: "mysql", query: expect.stringContaining("stg_orders") },
      dbt_node: { unique_id: "model.shop.cities", original_file_path: "models/cities.sql" },
    });
    expect((job.facets.sql as unknown as { query: string }).query).not.toMatch(/sla_new|__sla_(?!_cte)/);
    expect(run.facets.processing_engine).toMatchObject({ openlineageAdapterVersion: expect.any(String) });
  });

  it("count the rows of each table of a node that fills several", () => {
    const rows = (event: RunEvent) =>
      event.outputs.map(({ name, outputFacets }) => [
        name.split(".").at(-1),
        outputFacets!.outputStatistics?.rowCount,
      ]);
    expect(rows(of("COMPLETE", "desk"))).toEqual([
      ["agents", 1],
      ["calls", 3],
    ]);
    expect(rows(of("COMPLETE", "count_cities"))).toEqual([
      ["busy", 1],
      ["busy_days", 3],
    ]);
    expect(of("COMPLETE", "desk").job.facets.sourceCode).toMatchObject({ language: "typescript" });
  });

  it("have the code of TypeScript models", () => {
    expect(of("COMPLETE", "scores").job.facets).toMatchObject({
      sourceCode: { language: "typescript", sourceCode: SHOP["models/scores.ts"] },
    });
  });

  it("hold what tests found, by severity", () => {
    const assertions = (event: RunEvent) =>
      event.inputs.flatMap(
        ({ inputFacets }) =>
          (inputFacets?.dataQualityAssertions as unknown as { assertions: unknown[] })?.assertions ?? [],
      );
    const warned = of(
      "COMPLETE",
      events
        .map(({ job }) => String(job.facets.dbt_node?.unique_id).split(".").slice(2).join("."))
        .find((name) => name.startsWith("accepted_values"))!,
    );
    expect(assertions(warned)).toMatchObject([
      { assertion: "accepted_values", success: false, severity: "warn", column: "city", actual: "1" },
    ]);
    const failed = of("FAIL", "no_quiet_days");
    expect(assertions(failed)).toMatchObject([
      { assertion: "custom_sql", success: false, severity: "error", actual: "3" },
    ]);
    expect(names(failed.inputs)).toEqual(["days"]);
    expect(failed.run.facets.test).toMatchObject({ tests: [{ status: "fail", type: "custom_sql" }] });
  });

  it("have the lineage of columns that `sla lineage` tells, with ephemeral models replaced by what they are made of", async () => {
    const { compared } = await expectLineage(events, house.dir, ["cities"]);
    expect(compared).toBeGreaterThan(20);
    const facet = of("COMPLETE", "cities").outputs[0]!.facets!.columnLineage as unknown as {
      fields: Record<
        string,
        {
          inputFields: {
            name: string;
            field: string;
            transformations: { type: string; subtype: string }[];
          }[];
        }
      >;
      dataset: { field: string; transformations: { subtype: string }[] }[];
    };
    const ways = (field: string) =>
      facet.fields[field]!.inputFields.map(
        ({ name, field: column, transformations }) =>
          `${name.split(".").at(-1)}.${column} ${transformations.map(({ subtype }) => subtype).join("+")}`,
      );
    expect(ways("city")).toEqual(["stg_orders.city TRANSFORMATION"]);
    expect(ways("amount")).toEqual(["stg_orders.amount AGGREGATION"]);
    expect(ways("agent")).toEqual(["agents.name AGGREGATION"]);
    expect(
      facet.dataset
        .map(
          ({ field, transformations }) =>
            `${field} ${transformations
              .map(({ subtype }) => subtype)
              .sort()
              .join("+")}`,
        )
        .sort(),
    ).toEqual(["amount FILTER", "city GROUP_BY", "id JOIN", "id JOIN"]);
  });

  it("name no folder of the machine, and nothing secret", () => {
    const text = lines.join("\n");
    expect(text).not.toContain(house.dir);
    expect(text).not.toMatch(/"\/(home|tmp|work|usr|root)\//);
    if (engine.server !== undefined && engine.server.password !== "")
      expect(text).not.toContain(engine.server.password);
  });
});

describe("the check of events", () => {
  const facet = (name: string, members: object, version = "1-0-1", file = name) => ({
    _producer: "urn:x",
    _schemaURL: `https://openlineage.io/spec/facets/${version}/${file}.json#/$defs/${file}`,
    ...members,
  });
  const event = (change: object = {}) => ({
    eventType: "START",
    eventTime: "2026-01-01T00:00:00Z",
    producer: "urn:x",
    schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    run: { runId: "a9509282-ec88-82fd-a70f-5a102b5ea7c9", facets: {} },
    job: { namespace: "n", name: "j", facets: {} },
    inputs: [{ namespace: "n", name: "orders" }],
    outputs: [],
    ...change,
  });
  const lineage = (field: object) =>
    facet("ColumnLineageDatasetFacet", { fields: { a: { inputFields: [field] } } }, "1-2-0");
  const good = {
    namespace: "n",
    name: "orders",
    field: "id",
    transformations: [{ type: "DIRECT", subtype: "IDENTITY" }],
  };
  const output = (field: object) => ({
    outputs: [{ namespace: "n", name: "out", facets: { columnLineage: lineage(field) } }],
  });
  const end = { eventType: "COMPLETE" };

  it("finds nothing in good events", () => {
    expect(
      eventFaults([event(), event({ ...end, ...output(good) })].map((one) => JSON.stringify(one))),
    ).toEqual([]);
  });

  it.each<[string, object[], RegExp]>([
    ["a run that does not end", [event()], /does not end/],
    ["a run that ends twice", [event(), event(end), event(end)], /has not begun/],
    ["a run that begins twice", [event(), event(), event(end)], /starts again/],
    [
      "a run that ends as another job",
      [event(), event({ ...end, job: { namespace: "n", name: "other", facets: {} } })],
      /has not begun/,
    ],
    ["an id that is no UUID", [event({ run: { runId: "1", facets: {} } })], /runId/],
    [
      "an input that is not among the inputs",
      [event(), event({ ...end, ...output({ ...good, name: "other" }) })],
      /no dataset among the inputs/,
    ],
    [
      "a way that there is not",
      [
        event(),
        event({ ...end, ...output({ ...good, transformations: [{ type: "DIRECT", subtype: "JOIN" }] }) }),
      ],
      /there is no DIRECT JOIN/,
    ],
    [
      "a facet without its schema",
      [event({ job: { namespace: "n", name: "j", facets: { sql: { query: "" } } } })],
      /_schemaURL|_producer/,
    ],
    [
      "a facet of an unknown version",
      [
        event({
          job: { namespace: "n", name: "j", facets: { sql: facet("SQLJobFacet", { query: "" }, "9-9-9") } },
        }),
      ],
      /no schema/,
    ],
    [
      "a facet with the schema of another",
      [
        event({
          job: {
            namespace: "n",
            name: "j",
            facets: {
              sql: facet("JobTypeJobFacet", { processingType: "BATCH", integration: "SLA" }, "2-0-4"),
            },
          },
        }),
      ],
      /is the schema of jobType/,
    ],
    [
      "a facet that misses a member",
      [event({ job: { namespace: "n", name: "j", facets: { sql: facet("SQLJobFacet", {}, "1-1-0") } } })],
      /query/,
    ],
    [
      "a null where text must be",
      [
        event({
          job: { namespace: "n", name: "j", facets: { sql: facet("SQLJobFacet", { query: null }, "1-1-0") } },
        }),
      ],
      /must be string/,
    ],
  ])("finds %s", (_what, events, fault) => {
    expect(eventFaults(events.map((one) => JSON.stringify(one))).join("\n")).toMatch(fault);
  });
});
