import { describe, expect, it } from "vitest";
import { ENGINES } from "../harness/engines.js";
import { type EngineProject, projectOn } from "./on-engine.js";

const FILES = {
  "seeds/orders.csv": "id,city,status,amount\n1,Rome,open,5\n2,Rome,paid,-1\n3,,lost,\n4,Oslo,lost,20\n",
  "seeds/orders.yml": `
seeds:
  - name: orders
    data_tests:
      - expression_is_true: {name: expression, expression: amount < 10}
    columns:
      - name: id
        data_tests:
          - unique: {name: id_unique}
          - not_null: {name: id_not_null}
      - name: city
        data_tests:
          - unique: {name: city_unique}
          - not_null: {name: city_not_null, error_if: ">= 25%"}
          - not_null: {name: city_not_null_where, where: id <> 3}
          - accepted_values: {name: city_values, values: [Rome]}
      - name: status
        data_tests:
          - unique: {name: status_unique, where: id < 4}
          - accepted_values: {name: status_values, values: [open], severity: warn}
          - accepted_values: {name: status_all, values: [open, paid, lost]}
      - name: amount
        data_tests:
          - accepted_range: {name: amount_range, min_value: 0, error_if: "> 1"}
          - accepted_range: {name: amount_range_where, min_value: 0, where: id <> 3}
          - not_null: {name: amount_not_null, warn_if: "> 1", error_if: "> 1"}
`,
};

const EXPECTED = {
  expression: "fail 1",
  id_unique: "pass 0",
  id_not_null: "pass 0",
  city_unique: "fail 1",
  city_not_null: "fail 1",
  city_not_null_where: "pass 0",
  city_values: "fail 1",
  status_unique: "pass 0",
  status_values: "warn 2",
  status_all: "pass 0",
  amount_range: "warn 1",
  amount_range_where: "fail 1",
  amount_not_null: "pass 0",
};

async function outcomes(project: EngineProject, select?: string[]): Promise<Record<string, string>> {
  const { results, errors } = await project.run("test", select === undefined ? {} : { select });
  expect(errors).toEqual([]);
  return Object.fromEntries(
    results.map(({ unique_id, status, failures }) => [unique_id.split(".")[2], `${status} ${failures}`]),
  );
}

describe.each(ENGINES)("tests that share a scan on $name", (engine) => {
  it("end as they do alone", async () => {
    const project = projectOn(engine, FILES);
    await project.run("seed");
    expect(await outcomes(project)).toEqual(EXPECTED);
    for (const name of ["city_unique", "city_values", "amount_range", "city_not_null"]) {
      expect(await outcomes(project, [name])).toEqual({ [name]: EXPECTED[name as keyof typeof EXPECTED] });
    }
  });

  it("leave an error to the test that has it", async () => {
    const project = projectOn(engine, {
      ...FILES,
      "seeds/orders.yml": FILES["seeds/orders.yml"].replace("name: status\n", "name: statsu\n"),
    });
    await project.run("seed");
    const { results } = await project.run("test");
    const found = Object.fromEntries(
      results.map(({ unique_id, status }) => [unique_id.split(".")[2], status]),
    );
    expect(found).toMatchObject({
      status_unique: "error",
      status_values: "error",
      status_all: "error",
      id_not_null: "pass",
      city_values: "fail",
      expression: "fail",
    });
  });

  it("need no query for what a key of the table they were built with proves", async () => {
    const project = projectOn(engine, {
      ...FILES,
      "project.yml": "seeds:\n  orders: {primary_key: id}\n",
    });
    const { of } = await project.run("build");
    expect(of("id_unique")).toMatchObject({ status: "pass", failures: 0 });
    expect(of("id_not_null")).toMatchObject({ status: "pass", failures: 0 });
    expect(of("city_unique")).toMatchObject({ status: "fail", failures: 1 });
  });
});
