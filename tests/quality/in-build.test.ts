import { describe, expect, it } from "vitest";
import { write } from "../functional/shop.js";
import { ENGINES } from "../harness/engines.js";
import { projectOn } from "./on-engine.js";

const FILES = {
  "seeds/orders.csv": "id,city,placed_on\n1,Rome,2026-01-01\n2,,2026-01-02\n",
  "models/places.sql": '{{config materialized="table"}}\nSELECT id, city, placed_on FROM {{ref "orders"}}\n',
};

describe.each(ENGINES)("data tests in a build on $name", (engine) => {
  it("keep the failures of what is not published yet, as a table; later as the view that was asked for", async () => {
    const project = projectOn(engine, {
      ...FILES,
      "models/places.yml": `
models:
  - name: places
    columns:
      - name: city
        data_tests:
          - not_null: {name: city_known, store_failures_as: view, severity: warn}
`,
    });
    const kind = async (): Promise<unknown> => {
      const [row] = await project.query(
        `SELECT table_type AS t FROM information_schema.tables WHERE table_schema = '${project.schema}_dbt_test__audit' AND table_name = 'city_known'`,
      );
      return row?.t;
    };
    const stored = () => project.query(`SELECT id FROM ${project.schema}_dbt_test__audit.city_known`);
    const first = await project.run("build");
    expect(first.errors).toEqual([]);
    expect(first.of("city_known")).toMatchObject({ status: "warn", failures: 1 });
    expect(await kind()).toBe("BASE TABLE");
    expect(await stored()).toEqual([{ id: 2 }]);

    expect((await project.run("test")).errors).toEqual([]);
    expect(await kind()).toBe("VIEW");
    expect(await stored()).toEqual([{ id: 2 }]);

    // The view reads the table whose place the next build takes.
    write(project.dir, { "seeds/orders.csv": "id,city,placed_on\n7,,2026-01-01\n" });
    const second = await project.run("build");
    expect(second.errors).toEqual([]);
    expect(await stored()).toEqual([{ id: 7 }]);
  });

  it("that depend on the clock run though nothing has changed", async () => {
    const project = projectOn(engine, {
      ...FILES,
      "models/places.yml": `
models:
  - name: places
    data_tests:
      - recency: {name: recent, field: placed_on, datepart: year, interval: 500}
    columns:
      - name: id
        data_tests: [{unique: {name: once}}]
`,
    });
    await project.run("build", { reuse: true });
    const { results } = await project.run("build", { reuse: true });
    const found = Object.fromEntries(
      results.map(({ unique_id, status }) => [unique_id.split(".")[2], status]),
    );
    expect(found).toEqual({ orders: "reused", places: "reused", once: "reused", recent: "pass" });
  });
});
