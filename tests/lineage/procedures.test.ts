import { expect, test } from "vitest";
import { projectLineage } from "../../src/lineage/index.js";
import { parseProject } from "../harness/project.js";
import { Written } from "./written.js";

const SEED = { "seeds/orders.csv": "id,customer,amount,paid_at\n1,2,3.5,2026-01-01\n" };

/** What is read of a procedure that writes a table `t` with columns a, b, c. */
async function lineageOf(body: string, parameters = "IN n INT") {
  const { project, manifest } = await parseProject({
    ...SEED,
    "procedures/fill.sql": `CREATE PROCEDURE fill(${parameters})\nBEGIN\n${body}\nEND\n`,
    "procedures/fill.yml":
      "version: 2\nprocedures:\n  - name: fill\n    config: { arguments: { n: 1 } }\n    tables:\n      - name: t\n        columns:\n          - { name: a, data_type: int }\n          - { name: b, data_type: int }\n          - { name: c, data_type: int }\n",
    "models/below.sql": 'SELECT a + 1 AS more FROM {{ref "t"}}',
  });
  const written = new Written(
    manifest,
    await projectLineage(project, manifest, { runStartedAt: new Date(0) }),
  );
  const columns = () => ["a", "b", "c"].map((name) => written.column(`fill.${name}`));
  return { columns: columns(), rows: written.rows("fill"), below: written.column("below.more") };
}

test("columns are made of what INSERT … SELECT puts there, in the order in which it names them", async () => {
  const found = await lineageOf(
    'DELETE FROM {{ref "t"}}; INSERT INTO {{ref "t"}} (c, a) SELECT SUM(amount), customer FROM {{ref "orders"}} WHERE id > n GROUP BY customer;',
  );
  expect(found).toEqual({
    columns: ["orders.customer copied", "", "orders.amount aggregated"],
    rows: "orders.customer grouped by, orders.id filtered by",
    below: "fill.a computed",
  });
});

test("several statements are all of them, parameters constants, control flow is said", async () => {
  const { columns, rows } = await lineageOf(
    `IF n > 1 THEN
       INSERT INTO {{ref "t"}} SELECT id, amount, n FROM {{ref "orders"}} WHERE paid_at IS NOT NULL;
     ELSE
       INSERT INTO {{ref "t"}} (a, b, c) SELECT customer, amount, 0 FROM {{ref "orders"}};
     END IF;
     REPLACE INTO {{ref "t"}} VALUES (n, 2, (SELECT MAX(id) FROM {{ref "orders"}}));`,
  );
  expect(columns).toEqual([
    "orders.customer copied, orders.id copied",
    "orders.amount copied",
    "orders.id aggregated",
  ]);
  expect(rows).toBe("control flow of the procedure decides which of its statements run");
});

test("UPDATE makes a column of its expression and of what its WHERE decides; the table itself is looked through", async () => {
  const { columns, rows } = await lineageOf(
    `INSERT INTO {{ref "t"}} (a, b) SELECT id, amount FROM {{ref "orders"}};
     UPDATE {{ref "t"}} AS x SET c = x.b * 2 WHERE x.a > n;
     DELETE FROM {{ref "t"}} WHERE b < 0;`,
  );
  expect(columns).toEqual([
    "orders.id copied",
    "orders.amount copied",
    "orders.amount computed, orders.id by condition",
  ]);
  expect(rows).toBe("orders.amount filtered by");
});

test("a variable is what it was given", async () => {
  const { columns } = await lineageOf(
    `DECLARE k INT DEFAULT 3; DECLARE top INT;
     SET top = (SELECT MAX(amount) FROM {{ref "orders"}}) + k;
     INSERT INTO {{ref "t"}} SELECT id, top, k FROM {{ref "orders"}} LIMIT n;`,
  );
  expect(columns).toEqual(["orders.id copied", "orders.amount aggregated", ""]);
});

test.each([
  [
    "a variable filled by INTO",
    'DECLARE v INT; SELECT MAX(id) INTO v FROM {{ref "orders"}}; INSERT INTO {{ref "t"}} SELECT id, v, 1 FROM {{ref "orders"}};',
    '"v" is filled by INTO, which is not looked through',
  ],
  [
    "a statement that is made while it runs",
    'INSERT INTO {{ref "t"}} SELECT 1, 2, id FROM {{ref "orders"}}; PREPARE s FROM @text; EXECUTE s;',
    "what EXECUTE does cannot be read",
  ],
  [
    "an UPDATE of joined tables",
    'INSERT INTO {{ref "t"}} SELECT 1, 2, id FROM {{ref "orders"}}; UPDATE {{ref "t"}} AS x JOIN {{ref "orders"}} AS o ON o.id = x.a SET x.b = o.amount;',
    "a statement that begins with UPDATE is not understood",
  ],
  [
    "a table of its own making",
    'INSERT INTO {{ref "t"}} SELECT id, id, id FROM passing;',
    'nothing is known of the table that has "id"',
  ],
  ["nothing that fills it", 'DELETE FROM {{ref "t"}};', "no statement is seen to fill it"],
])("%s leaves columns unknown, with the reason", async (_what, body, reason) => {
  const { columns } = await lineageOf(body);
  expect(columns).toEqual(Array(3).fill(`unknown: ${reason}`));
});
