import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openAdapter, type Row } from "../../src/adapters/index.js";
import { fromDbt, type Migrated, runCommand } from "../../src/commands/index.js";
import { ENGINES, engineEnvironment, engineTarget, schemaName, scratchFolder } from "../harness/engines.js";

/** The tables of the project, written by hand as each engine has them, on the seeds alone. */
const BY_HAND = {
  customers: `
    SELECT c.id AS customer_id, c.first_name, c.last_name,
      (SELECT MIN(o.order_date) FROM raw_orders o WHERE o.user_id = c.id) AS first_order,
      (SELECT MAX(o.order_date) FROM raw_orders o WHERE o.user_id = c.id) AS most_recent_order,
      (SELECT NULLIF(COUNT(*), 0) FROM raw_orders o WHERE o.user_id = c.id) AS number_of_orders,
      (SELECT SUM(p.amount) / 100 FROM raw_payments p, raw_orders o WHERE p.order_id = o.id AND o.user_id = c.id) AS customer_lifetime_value
    FROM raw_customers c`,
  orders: `
    SELECT o.id AS order_id, o.user_id AS customer_id, o.order_date, o.status,
      SUM(CASE WHEN p.payment_method = 'credit_card' THEN p.amount ELSE 0 END) / 100 AS credit_card_amount,
      SUM(CASE WHEN p.payment_method = 'coupon' THEN p.amount ELSE 0 END) / 100 AS coupon_amount,
      SUM(CASE WHEN p.payment_method = 'bank_transfer' THEN p.amount ELSE 0 END) / 100 AS bank_transfer_amount,
      SUM(CASE WHEN p.payment_method = 'gift_card' THEN p.amount ELSE 0 END) / 100 AS gift_card_amount,
      SUM(p.amount) / 100 AS amount
    FROM raw_orders o JOIN raw_payments p ON p.order_id = o.id
    GROUP BY o.id, o.user_id, o.order_date, o.status`,
} as const;

const dir = join(scratchFolder(), "jaffle");
let migrated: Migrated;

beforeAll(async () => {
  mkdirSync(dir);
  migrated = await fromDbt({ dbtDir: join(import.meta.dirname, "jaffle-shop"), dir, force: false });
});

test("all of it is taken over", () => {
  expect(migrated.todo).toEqual([]);
  expect(migrated.check).toEqual([]);
  expect(migrated.counts).toEqual([
    { kind: "models", taken: 5, of: 5 },
    { kind: "seeds", taken: 3, of: 3 },
    { kind: "properties files", taken: 2, of: 2 },
  ]);
  expect(readFileSync(join(dir, "MIGRATION.md"), "utf8")).toContain("## Not taken over\n\nNothing.\n");
});

test("templates are ours, and a description has the text of its docs block", () => {
  const orders = readFileSync(join(dir, "models/orders.sql"), "utf8");
  expect(orders).toContain(
    '{{#each (list "credit_card" "coupon" "bank_transfer" "gift_card") as |payment_method|~}}',
  );
  expect(orders).toContain("'{{payment_method}}' then amount else 0 end) as {{payment_method}}_amount,");
  expect(orders).not.toContain("{%");
  expect(readFileSync(join(dir, "models/schema.yml"), "utf8")).toContain(
    "| placed         | It was ordered, and is still in the shop.",
  );
});

describe.each(ENGINES)("$name", (engine) => {
  test("builds the tables that its SQL gives by hand", async () => {
    const schema = engine.server === undefined ? "jaffle_shop" : schemaName("jaffle");
    const effects = {
      env: engineEnvironment(engine, schema),
      clock: () => new Date(),
      emit: () => undefined,
      signal: new AbortController().signal,
    };
    const target = engine.server === undefined ? "local" : "mysql";
    const { results } = await runCommand("build", { projectDir: dir, target }, effects);
    expect(results.filter(({ status }) => status !== "success" && status !== "pass")).toEqual([]);
    expect(results).toHaveLength(28);

    const settings = engineTarget(engine, schema);
    const adapter = await openAdapter(
      settings.type === "duckdb" ? { ...settings, path: join(dir, "warehouse.duckdb") } : settings,
      {},
    );
    const connection = await adapter.acquire();
    try {
      for (const [table, sql] of Object.entries(BY_HAND)) {
        const raw = sql.replace(/\b(raw_\w+)/g, (name) =>
          adapter.dialect.relation({ schema, identifier: name }),
        );
        const built = await connection.query(
          `SELECT * FROM ${adapter.dialect.relation({ schema, identifier: table })}`,
        );
        expect(comparable(built), table).toEqual(comparable(await connection.query(raw)));
        expect(built.length).toBe(table === "customers" ? 15 : 40);
      }
    } finally {
      await connection.release();
      await adapter.close();
    }
  });
});

/** Rows in one order, numbers by value: a quotient may have more zeros at its end. */
function comparable(rows: readonly Row[]): string[] {
  return rows
    .map((row) =>
      JSON.stringify(
        Object.entries(row).map(([name, value]) => [
          name,
          /^-?\d+(?:\.\d+)?$/.test(String(value)) ? Number(value) : value,
        ]),
      ),
    )
    .sort();
}
