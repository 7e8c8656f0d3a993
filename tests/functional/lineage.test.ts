import { beforeAll, expect, test } from "vitest";
import { copyExample } from "../examples/example-project.js";
import { sla } from "./cli.js";

let dir: string;
beforeAll(() => {
  dir = copyExample("servicenow");
});

test("lineage shows a column up and down, and what decides over its rows", async () => {
  const { code, stdout, stderr } = await sla(dir, [
    "lineage",
    "stg_incidents.first_response_at",
    "--depth",
    "2",
  ]);
  expect(code, stderr).toBe(0);
  expect(stdout).toContain("stg_incidents.first_response_at  model\n");
  expect(stdout).toMatch(
    /comes from\n└─ stg_incident_events\.updated_at +copied\n {3}└─ servicenow\.incident_log\.sys_updated_at +by condition|comes from\n└─ stg_incident_events\.updated_at +copied\n {3}└─ servicenow\.incident_log\.sys_updated_at +computed · source/,
  );
  expect(stdout).toMatch(/rows of stg_incidents\n {2}joined by +stg_incident_events\.event_number/);
  expect(stdout).toMatch(/goes into\n[├└]─ .*fact_incidents\.first_response_at +copied/);
});

test("lineage of a node has a line for each column; one way alone, where that is asked", async () => {
  const { code, stdout } = await sla(dir, ["lineage", "dim_priorities", "--upstream"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^dim_priorities {2}model, 2 columns\n/);
  expect(stdout).toMatch(/ priority_code +computed stg_incidents\.priority_code\n/);
  expect(stdout).not.toContain("goes into");
});

test("lineage as JSON is the column, its inputs and the edges, and nothing else", async () => {
  const { stdout } = await sla(dir, [
    "lineage",
    "dim_priorities.priority_code",
    "--output",
    "json",
    "--depth",
    "1",
  ]);
  expect(JSON.parse(stdout)).toMatchObject({
    node: "model.servicenow.dim_priorities",
    column: "priority_code",
    basis: "sql",
    complete: true,
    columns: [
      {
        name: "priority_code",
        status: "known",
        inputs: [
          {
            node: "model.servicenow.stg_incidents",
            column: "priority_code",
            type: "DIRECT",
            subtype: "TRANSFORMATION",
          },
        ],
      },
    ],
    upstream: [
      {
        from: { node: "model.servicenow.stg_incidents", column: "priority_code" },
        to: { node: "model.servicenow.dim_priorities", column: "priority_code" },
        how: [{ type: "DIRECT", subtype: "TRANSFORMATION" }],
      },
    ],
  });
});

test("ls --column lists the nodes that a column reaches", async () => {
  const up = await sla(dir, ["ls", "--column", "+dim_priorities.priority_code", "--output", "name"]);
  expect(up.stdout).toBe("incident_log\nstg_incident_events\nstg_incidents\ndim_priorities\n");
  const own = await sla(dir, ["ls", "--column", "dim_priorities.priority_code", "--output", "name"]);
  expect(own.stdout).toBe("dim_priorities\n");
});

test("a name that does not exist is answered with the nearest one", async () => {
  const column = await sla(dir, ["lineage", "dim_priorities.priority_kode"]);
  expect(column.code).toBe(2);
  expect(column.stderr).toContain('"dim_priorities" has no column "priority_kode"');
  expect(column.stderr).toContain('Did you mean "priority_code"?');
  const node = await sla(dir, ["lineage", "dim_priority.priority_code"]);
  expect(node.stderr).toContain('Did you mean "dim_priorities"?');
});
