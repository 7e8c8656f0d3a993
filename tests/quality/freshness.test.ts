import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshness } from "../../src/commands/index.js";
import { ageStatus } from "../../src/quality/index.js";
import { ENGINES } from "../harness/engines.js";
import { errorsOf, parseProject, summaries } from "../harness/project.js";
import { projectOn } from "./on-engine.js";

describe("age of a source (dbt's rule)", () => {
  const hour = { count: 1, period: "hour" } as const;
  const day = { count: 1, period: "day" } as const;
  const cases: [age: number, warn: typeof hour | null, error: typeof day | null, expected: string][] = [
    [3_600, hour, day, "pass"],
    [3_600.001, hour, day, "warn"],
    [86_400, hour, day, "warn"],
    [86_401, hour, day, "error"],
    [86_401, hour, null, "warn"],
    [86_401, null, day, "error"],
    [86_400, null, day, "pass"],
  ];
  it.each(cases)("%d s, warn %o, error %o: %s", (age, warn_after, error_after, expected) => {
    expect(ageStatus(age, { freshness: { warn_after, error_after, filter: null } })).toBe(expected);
  });
});

const SOURCES = (schema: string) => `
sources:
  - name: shop
    schema: ${schema}
    loaded_at_field: loaded_at
    freshness:
      warn_after: {count: 12, period: hour}
      error_after: {count: 2, period: day}
    tables:
      - name: old
      - name: recent
        identifier: old
        freshness: {warn_after: {count: 500, period: day}, error_after: {count: 50000, period: day}, filter: "id < 3"}
      - name: filtered
        identifier: old
        freshness: {filter: id > 99}
      - name: asked
        identifier: old
        loaded_at_query: SELECT CAST('2019-05-06' AS DATE) AS at
        freshness: {error_after: {count: null}}
      - name: expression
        identifier: old
        loaded_at_field: COALESCE(loaded_at, CAST('2020-01-01 00:00:00' AS DATETIME))
      - name: none
        freshness: null
      - name: absent
`;

describe.each(ENGINES)("sla source freshness on $name", (engine) => {
  it("asks each source, and writes sources.json", async () => {
    const project = projectOn(engine, {
      "seeds/old.csv": "id,loaded_at\n1,2020-01-01 00:00:00\n2,2020-01-02 03:04:05\n3,2021-01-01 00:00:00\n",
    });
    await project.run("seed");
    const { write } = await import("../functional/shop.js");
    write(project.dir, { "models/sources.yml": SOURCES(project.schema) });
    const results = await freshness(
      { projectDir: project.dir },
      {
        env: project.env,
        clock: () => new Date(),
        emit: () => {},
        signal: new AbortController().signal,
      },
    );
    const found = Object.fromEntries(
      results.map(({ source, status, age }) => [
        source.name,
        `${status} ${age?.max_loaded_at.toISOString() ?? ""}`.trim(),
      ]),
    );
    expect(found).toEqual({
      old: "error 2021-01-01T00:00:00.000Z",
      recent: "warn 2020-01-02T03:04:05.000Z",
      filtered: "error 0001-01-01T00:00:00.000Z",
      asked: "error 2019-05-06T00:00:00.000Z",
      expression: "error 2021-01-01T00:00:00.000Z",
      absent: "runtime error",
    });
    const age = results.find(({ source }) => source.name === "old")!.age!;
    expect(Math.abs(age.snapshotted_at.getTime() - Date.now())).toBeLessThan(120_000);
    const artifact = JSON.parse(readFileSync(join(project.dir, "target/sources.json"), "utf8"));
    expect(artifact.metadata.dbt_schema_version).toBe("https://schemas.getdbt.com/dbt/sources/v3.json");
    expect(artifact.results.map(({ unique_id }: { unique_id: string }) => unique_id).sort()).toEqual(
      ["asked", "expression", "filtered", "old", "recent"].map((name) => `source.shop.shop.${name}`),
    );
    const recent = artifact.results.find(({ unique_id }: { unique_id: string }) =>
      unique_id.endsWith("recent"),
    );
    expect(recent).toMatchObject({
      status: "warn",
      max_loaded_at: "2020-01-02T03:04:05.000Z",
      criteria: {
        warn_after: { count: 500, period: "day" },
        error_after: { count: 50000, period: "day" },
        filter: "id < 3",
      },
    });
  });
});

describe("freshness of sources in properties", () => {
  it("is inherited key by key, from config too, and can be taken back", async () => {
    const { manifest } = await parseProject({
      "models/sources.yml": `
sources:
  - name: shop
    config:
      freshness: {warn_after: {count: 12, period: hour}, filter: id > 0}
      loaded_at_query: SELECT 1
    tables:
      - name: inherits
      - name: overrides
        loaded_at_field: at
        config: {freshness: {error_after: {count: 1, period: day}}}
      - name: without
        freshness: null
`,
    });
    const of = (name: string) => {
      const { freshness, loaded_at_field, loaded_at_query } = manifest.sources[`source.shop.shop.${name}`]!;
      return { freshness, loaded_at_field, loaded_at_query };
    };
    const warn_after = { count: 12, period: "hour" };
    expect(of("inherits")).toEqual({
      freshness: { warn_after, error_after: null, filter: "id > 0" },
      loaded_at_query: "SELECT 1",
    });
    expect(of("overrides")).toEqual({
      freshness: { warn_after, error_after: { count: 1, period: "day" }, filter: "id > 0" },
      loaded_at_field: "at",
    });
    expect(of("without").freshness).toBeUndefined();
  });

  it("says when in two ways is an error", async () => {
    const errors = await errorsOf({
      "models/sources.yml": `
sources:
  - name: shop
    loaded_at_field: a
    loaded_at_query: b
    tables: [{name: x}, {name: y}]
`,
    });
    expect(summaries(errors)).toEqual([
      {
        code: "SLA104",
        message: "loaded_at_field and loaded_at_query stand side by side",
        hint: "Keep the one that says when data last came.",
        at: "models/sources.yml:5:5",
      },
    ]);
  });
});
