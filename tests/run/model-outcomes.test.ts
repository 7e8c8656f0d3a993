import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ENGINES } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const SALES = "SELECT 'Rome' AS city, 4 AS sold UNION ALL SELECT 'Oslo', 9 UNION ALL SELECT 'Bern', 2";

/** A model that draws what it reads. */
function drawing(worker: boolean): string {
  return `import { defineModel } from "sla";
export default defineModel({ worker: ${worker}, refs: ["sales"], columns: { city: "varchar(20)", sold: "int" },
async run({ ref, exportChart }) {
  const rows = (await ref<{ city: string; sold: number }>("sales").all()).sort((one, other) => other.sold - one.sold);
  await exportChart("sold", {
    kind: "bars", title: "Sold by city", subtitle: "All cities", source: "Source: sales", description: "Oslo sells most.",
    category: "City", value: { name: "Sold" }, bars: rows.map((row) => ({ name: row.city, value: row.sold })),
  } as never, { width: 640 });
  return rows;
} });
`;
}

/** A model that passes ids on, and whose column has tests. */
function tested(worker: boolean): string {
  return `import { defineModel } from "sla";
export default defineModel({ worker: ${worker}, refs: ["ids"],
  columns: { id: { type: "bigint", tests: ["not_null", "unique"] } },
  run: ({ ref }) => ref("ids").rows(),
});
`;
}

const ids = (...values: number[]) => ({ "seeds/ids.csv": `id\n${values.join("\n")}\n` });

describe.each(ENGINES)("on $name", (engine) => {
  test("a model on a thread draws the same pictures as one on the main thread", async () => {
    const drawn = async (worker: boolean) => {
      const files = { "models/sales.sql": SALES, "models/m.ts": drawing(worker) };
      const warehouse = new Warehouse(engine, "draw", files);
      await warehouse.build();
      expect(await warehouse.rows("SELECT city FROM {schema}.m ORDER BY sold")).toHaveLength(3);
      return ["svg", "png"].map((type) => readFileSync(join(warehouse.dir, `target/exports/sold.${type}`)));
    };
    const [svg, png] = await drawn(true);
    expect(svg!.toString()).toMatch(/viewBox="0 0 640 540"[\s\S]*Sold by city[\s\S]*Oslo/);
    expect(png!.subarray(1, 4).toString()).toBe("PNG");
    expect([svg, png]).toEqual(await drawn(false));
  });

  test("a chart that cannot be drawn fails the model on its thread, and leaves no picture", async () => {
    const wrong = drawing(true).replace('kind: "bars"', 'kind: "cloud"');
    const warehouse = new Warehouse(engine, "wrong", { "models/sales.sql": SALES, "models/m.ts": wrong });
    const { errors, status } = await warehouse.run("build");
    expect(status).toMatchObject({ sales: "success", m: "error" });
    expect(errors.map(({ node, location }) => ({ node, path: location?.path }))).toEqual([
      { node: "model.shop.m", path: "models/m.ts" },
    ]);
    expect(errors[0]!.message).toContain("cloud");
    expect(existsSync(join(warehouse.dir, "target/exports/sold.svg"))).toBe(false);
  });

  test.each([false, true])(
    "a test declared in its columns keeps a model back, with worker: %s",
    async (worker) => {
      const files = { ...ids(1, 2), "models/m.ts": tested(worker) };
      const warehouse = new Warehouse(engine, "kept", files, { id: "bigint" });
      await warehouse.build();
      warehouse.write({ ...ids(7, 8, 8), "models/after.sql": 'SELECT id FROM {{ref "m"}}' });
      const { results } = await warehouse.run("build");
      const status = (id: string) => results.find(({ unique_id }) => unique_id.startsWith(id))?.status;
      expect(status("model.shop.m")).toBe("success");
      expect(status("test.shop.unique_m_id")).toBe("fail");
      expect(status("test.shop.not_null_m_id")).toBe("pass");
      expect(status("model.shop.after")).toBe("skipped");
      expect(await warehouse.rows("SELECT id FROM {schema}.m ORDER BY id")).toEqual([["1"], ["2"]]);
      warehouse.write(ids(7, 8, 9));
      await warehouse.build();
      expect(await warehouse.rows("SELECT id FROM {schema}.after ORDER BY id")).toEqual([
        ["7"],
        ["8"],
        ["9"],
      ]);
    },
  );
});
