import { describe, expect, it } from "vitest";
import { write } from "../functional/shop.js";
import { ENGINES } from "../harness/engines.js";
import { projectOn } from "./on-engine.js";

const SEED = "id,city\n1,Rome\n2,\n3,\n4,Rome\n";
const PROPERTIES = `
seeds:
  - name: orders
    columns:
      - name: city
        data_tests:
          - not_null: {name: city_is_known, store_failures: true}
          - unique: {name: city_once, store_failures_as: view, severity: warn}
          - not_null: {name: nothing_kept, store_failures: true, store_failures_as: ephemeral}
          - not_null: {name: elsewhere, store_failures: true, schema: review, alias: kept_rows, limit: 1}
`;

describe.each(ENGINES)("stored failures on $name", (engine) => {
  it("are rebuilt each run, and remembered", async () => {
    const project = projectOn(engine, { "seeds/orders.csv": SEED, "seeds/orders.yml": PROPERTIES });
    await project.run("seed");
    const first = await project.run("test");
    expect(first.errors).toEqual([]);
    expect(first.of("city_is_known")).toMatchObject({ status: "fail", failures: 2 });
    expect(first.of("city_once")).toMatchObject({ status: "warn", failures: 1 });
    expect(first.of("elsewhere")).toMatchObject({ status: "fail", failures: 1 });
    const audit = `${project.schema}_dbt_test__audit`;
    expect(await project.query(`SELECT id, city FROM ${audit}.city_is_known ORDER BY id`)).toEqual([
      { id: 2, city: null },
      { id: 3, city: null },
    ]);
    expect(await project.query(`SELECT unique_field, n_records FROM ${audit}.city_once`)).toEqual([
      { unique_field: "Rome", n_records: 2 },
    ]);
    expect(await project.query(`SELECT COUNT(*) AS n FROM ${project.schema}_review.kept_rows`)).toEqual([
      { n: 1 },
    ]);
    const tables = await project.query(
      `SELECT table_name AS t, table_type AS y FROM information_schema.tables WHERE table_schema = '${audit}' ORDER BY 1`,
    );
    expect(tables.sort((a, b) => (String(a.t) < String(b.t) ? -1 : 1))).toEqual([
      { t: "_sla_test_history", y: "BASE TABLE" },
      { t: "city_is_known", y: "BASE TABLE" },
      { t: "city_once", y: "VIEW" },
    ]);

    write(project.dir, { "seeds/orders.csv": "id,city\n1,Rome\n5,\n" });
    await project.run("seed");
    const second = await project.run("test");
    expect(second.of("city_is_known")).toMatchObject({ status: "fail", failures: 1 });
    expect(await project.query(`SELECT id FROM ${audit}.city_is_known`)).toEqual([{ id: 5 }]);
    const history = await project.query(
      `SELECT test_name, failure_number, failing_row FROM ${audit}._sla_test_history ORDER BY started_at, test_name, failing_row`,
    );
    const rows = history.map((row) => `${row.test_name} ${row.failing_row}`);
    expect(rows.sort()).toEqual([
      'city_is_known {"id":2,"city":null}',
      'city_is_known {"id":3,"city":null}',
      'city_is_known {"id":5,"city":null}',
      'city_once {"unique_field":"Rome","n_records":2}',
    ]);
    const runs = await project.query(`SELECT COUNT(DISTINCT run_id) AS n FROM ${audit}._sla_test_history`);
    expect(runs).toEqual([{ n: 2 }]);
  });
});
