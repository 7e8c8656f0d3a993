import { expect, it } from "vitest";
import { ENGINES } from "../harness/engines.js";
import { parseProject } from "../harness/project.js";
import { Warehouse } from "../harness/warehouse.js";

const FILES = {
  "seeds/raw.csv": "id,status\n1,new\n2,new\n",
  "snapshots/history.yml": `snapshots:
  - name: history
    description: What the status was
    relation: ref('raw')
    config: { strategy: check, check_cols: [status], unique_key: id, hard_deletes: new_record }
    columns:
      - { name: dbt_scd_id, tests: [unique, not_null] }
  - name: by_file
    columns: [{ name: id, tests: [not_null] }]
`,
  "snapshots/by_file.sql":
    '{{config strategy="check" check_cols="all" unique_key=(list "id")}}\nSELECT id, UPPER(status) AS status FROM {{ref "raw"}} WHERE id < 2\n',
  "models/changes.sql":
    '{{config materialized="table"}}\nSELECT id, COUNT(*) AS n FROM {{ref "history"}} GROUP BY id\n',
};

it("snapshots are nodes of their own type, from SQL files and from properties", async () => {
  const { manifest } = await parseProject({ "project.yml": "name: shop\n", ...FILES });
  expect(Object.keys(manifest.nodes).filter((id) => !id.startsWith("test."))).toEqual([
    "model.shop.changes",
    "seed.shop.raw",
    "snapshot.shop.by_file",
    "snapshot.shop.history",
  ]);
  const history = manifest.nodes["snapshot.shop.history"]!;
  expect(history).toMatchObject({
    resource_type: "snapshot",
    description: "What the status was",
    original_file_path: "snapshots/history.yml",
    depends_on: { nodes: ["seed.shop.raw"] },
    config: { materialized: "snapshot", unique_key: ["id"] },
  });
  expect(manifest.nodes["model.shop.changes"]!.depends_on.nodes).toEqual(["snapshot.shop.history"]);
});

it.each(ENGINES)("`snapshot` runs them alone, `build` in order with all, on $name", async (engine) => {
  const warehouse = new Warehouse(engine, "node", FILES, { id: "bigint", status: "varchar(20)" });
  await warehouse.build();
  warehouse.write({ "seeds/raw.csv": "id,status\n1,old\n" });
  await warehouse.run("seed");
  const { status } = await warehouse.run("snapshot");
  expect(status).toEqual({ history: "success", by_file: "success" });
  const rows = (table: string, columns: string) =>
    warehouse.rows(
      `SELECT ${columns} FROM \`{schema}\`.\`${table}\` ORDER BY id, dbt_valid_to IS NULL, dbt_valid_from`,
    );
  expect(
    (await rows("history", "id, status, dbt_is_deleted, dbt_valid_to IS NULL")).map((row) => row.join(" ")),
  ).toEqual(["1 new False 0", "1 old False 1", "2 new False 0", "2 new True 1"]);
  expect((await rows("by_file", "id, status")).map((row) => row.join(" "))).toEqual(["1 NEW", "1 OLD"]);
  const built = await warehouse.build({ fullRefresh: true });
  expect(built.status).toMatchObject({ history: "success", changes: "success" });
  expect(await warehouse.rows("SELECT id, n FROM `{schema}`.`changes` ORDER BY id")).toEqual([
    ["1", "2"],
    ["2", "2"],
  ]);
});
