import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { ArqueroTable, NoSuchColumn, RelationHandle } from "../../src/index.js";
import { ENGINES } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const SEED =
  "id,city,amount,day\n1,Rome,10.5,2026-01-01\n2,Oslo,3.25,2026-01-02\n3,Rome,,2026-01-03\n4,Bern,7,2026-01-04\n";
const TYPES = { id: "bigint", city: "varchar(20)", amount: "decimal(10,2)", day: "date" };

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** A model `m` that reads the orders. */
function model(run: string, more = "columns: { id: 'bigint', city: 'varchar(20)' }"): Record<string, string> {
  return {
    "seeds/orders.csv": SEED,
    "models/m.ts": `import { defineModel } from "sla";
import { isMainThread } from "node:worker_threads";
import { desc, from, op, table } from "arquero";
interface Order { id: number; city: string; amount: number | null; day: string }
export const used = [desc, from, op, table];
const here = isMainThread ? "main" : "thread";
export default defineModel({ name: "m", refs: ["orders"], ${more},
${run}
});
`,
  };
}

const OUT = "SELECT * FROM {schema}.m ORDER BY id";
const WORKERS = [false, true];

describe.each(ENGINES)("on $name", (engine) => {
  const built = async (files: Record<string, string>): Promise<unknown[][]> => {
    const warehouse = new Warehouse(engine, "ts", files, TYPES);
    // What the model imports, it finds where its project has installed it.
    symlinkSync(MODULES, join(warehouse.dir, "node_modules"));
    await warehouse.build();
    return warehouse.rows(OUT);
  };

  describe.each(WORKERS)("with worker: %s", (worker) => {
    const flag = `worker: ${worker}, columns: { id: 'bigint', city: 'varchar(20)' }`;
    const NAMES = [
      ["1", "Rome"],
      ["2", "Oslo"],
      ["3", "Rome"],
      ["4", "Bern"],
    ];

    test.each([
      [
        "rows one by one",
        `async *run({ ref }) { for await (const { id, city } of ref<Order>("orders").rows()) yield { id, city }; }`,
      ],
      ["some columns", `async *run({ ref }) { yield* ref<Order>("orders").rows(["id", "city"]); }`],
      [
        "batches",
        `async *run({ ref }) { for await (const batch of ref<Order>("orders").batches(["city", "id"])) yield* batch; }`,
      ],
      [
        "all rows",
        `async run({ ref }) { return (await ref<Order>("orders").all()).map(({ id, city }) => ({ id, city })); }`,
      ],
      [
        "a table, returned as it is",
        `async run({ ref }) { return ref<Order>("orders").table(["id", "city"]); }`,
      ],
      [
        "a Kysely query, executed",
        `async run({ ref }) { return ref<Order>("orders").query().select(["id", "city"]).execute(); }`,
      ],
      [
        "a Kysely query, streamed",
        `async *run({ ref }) { yield* ref<Order>("orders").query().select(["id", "city"]).where("id", "<", 100).stream(); }`,
      ],
      [
        "a Kysely query as a part",
        `async *run({ ref }) { const orders = ref<Order>("orders"); yield* orders.rows(orders.query().select(["id", "city"]).where("city", "!=", "no 'such' ? city")); }`,
      ],
    ])("a model reads %s", async (_, run) => {
      expect(await built(model(run, flag))).toEqual(NAMES);
    });

    test("a table is read by a query, computed with and returned in its own order and filter", async () => {
      const run = `async run({ ref }) {
        const orders = ref<Order>("orders");
        const query = orders.query().select(["id", "city", "amount", "day"]).where("amount", "is not", null).orderBy("id");
        const read = await orders.table(query);
        if (read.columnNames().join() !== "id,city,amount,day" || read.get("day", 0) !== "2026-01-01") throw new Error("not as read");
        return read.filter((d: Order) => d.id !== 4).orderby(desc("id")).derive({ seen: op.row_number() });
      }`;
      const columns =
        "columns: { seen: 'int', id: 'bigint', day: 'date', city: 'varchar(20)', amount: 'decimal(10,2)' }";
      expect(await built(model(run, `worker: ${worker}, ${columns}`))).toEqual([
        ["2", "1", "2026-01-01", "Rome", "10.5"],
        ["1", "2", "2026-01-02", "Oslo", "3.25"],
      ]);
    });

    test("its code runs where it says", async () => {
      expect(await built(model(`run: () => [{ id: 1, city: here }]`, flag))).toEqual([
        ["1", worker ? "thread" : "main"],
      ]);
    });

    test("a table of no rows has its columns", async () => {
      const run = `async run({ ref }) {
        const orders = ref<Order>("orders");
        const none = await orders.table(orders.query().select(["city", "id"]).where("id", "<", 0));
        return table({ id: [none.numRows()], city: [none.columnNames().join()] });
      }`;
      expect(await built(model(run, flag))).toEqual([["0", "city,id"]]);
    });

    test("two relations are joined in the engine, and an ephemeral model is read as any other", async () => {
      const run = `async run({ ref }) {
        const big = ref<{ id: number; twice: number }>("big");
        return ref<Order>("orders").query()
          .innerJoin(big.query().selectAll().as("b"), "b.id", "relation.id")
          .select(["relation.id", "relation.city"]).where("b.twice", ">", 10).execute();
      }`;
      const files = model(run, flag.replace("worker", "refs: ['orders', 'big'], worker"));
      files["models/big.sql"] =
        '{{config materialized="ephemeral"}}\nSELECT id, amount * 2 AS twice FROM {{ref "orders"}}\n';
      files["models/m.ts"] = files["models/m.ts"]!.replace('refs: ["orders"], ', "");
      expect(await built(files)).toEqual([
        ["1", "Rome"],
        ["4", "Bern"],
      ]);
    });
  });
});

test("types follow what is read", () => {
  interface Order {
    id: number;
    city: string;
    day: string;
  }
  const types = (orders: RelationHandle<Order>) => {
    expectTypeOf(orders.rows()).toEqualTypeOf<AsyncIterable<Order>>();
    expectTypeOf(orders.all(["id", "day"])).resolves.toEqualTypeOf<Pick<Order, "id" | "day">[]>();
    expectTypeOf(orders.batches(["id"])).toEqualTypeOf<AsyncIterable<Pick<Order, "id">[]>>();
    expectTypeOf(orders.query().select(["id", "city"]).execute()).resolves.toEqualTypeOf<
      { id: number; city: string }[]
    >();
    const renamed = orders.query().select("city as town");
    expectTypeOf(orders.all(renamed)).resolves.toEqualTypeOf<{ town: string }[]>();
    expectTypeOf(orders.rows(renamed)).toEqualTypeOf<AsyncIterable<{ town: string }>>();
    const cities: Promise<ArqueroTable<Pick<Order, "city">>> = orders.table(["city"]);
    expectTypeOf(cities.then((table) => table.get("city", 0))).resolves.toEqualTypeOf<string>();
    expectTypeOf(cities.then((table) => table.get("id", 0))).resolves.toEqualTypeOf<NoSuchColumn<"id">>();
    // @ts-expect-error no such column
    orders.rows(["town"]);
    // @ts-expect-error no such column
    orders.query().select(["id", "town"]);
    // @ts-expect-error an id is a number
    orders.query().selectAll().where("id", "=", "one");
  };
  expect(types).toBeTypeOf("function");
});
