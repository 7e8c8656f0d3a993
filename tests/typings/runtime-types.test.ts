import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { generateTypes } from "../../src/commands/generate-types.js";
import { ENGINES, engineEnvironment } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";
import { readText } from "./generated.js";

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** Each type: two values of it, as TypeScript sees them by the declaration, and what the reader gives. */
const KINDS: Record<string, [type: string, first: string, second: string, declared: string, given: string]> =
  {
    id: ["bigint", "1", "2", "number | bigint", "number"],
    large: ["bigint", "5", "1152921504606846977n", "number | bigint | null", "bigint number"],
    amount: ["decimal(10,2)", "10.5", "null", "number | null", "null number"],
    units: ["decimal(20,0)", "7", "'12345678901234567890'", "number | bigint | null", "bigint number"],
    few: ["decimal(9,0)", "7", "8", "number | null", "number"],
    counted: ["int", "7", "null", "number | null", "null number"],
    tiny: ["tinyint", "7", "-7", "number | null", "number"],
    positive: ["smallint unsigned", "7", "65535", "number | null", "number"],
    flag: ["tinyint(1)", "1", "0", "number | null", "number"],
    truth: ["boolean", "true", "false", "number | null", "number"],
    ratio: ["double", "0.5", "1e300", "number | null", "number"],
    single: ["float", "0.5", "2", "number | null", "number"],
    born: ["year", "1999", "2026", "number | null", "number"],
    code: ["char(2)", "'ab'", "'cd'", "string | null", "string"],
    name: ["varchar(20)", "'Ann'", "null", "string | null", "null string"],
    story: ["text", "'long'", "''", "string | null", "string"],
    day: ["date", "'2026-01-31'", "'2026-02-01'", "string | null", "string"],
    clock: ["time", "'12:00:00'", "'23:59:59'", "string | null", "string"],
    at: ["datetime", "'2026-01-31 12:00:00'", "null", "string | null", "null string"],
    exact: ["datetime(6)", "'2026-01-31 12:00:00.5'", "null", "string | null", "null string"],
    stamp: ["timestamp", "'2026-01-31 12:00:00'", "null", "string | null", "null string"],
    facts: ["json", "{ a: 1 }", "[1, 2]", "string | null", "string"],
    state: ["enum('open','it''s done')", "'open'", '"it\'s done"', `"open" | "it's done" | null`, "string"],
    bytes: [
      "varbinary(4)",
      "new Uint8Array([1, 2])",
      "new Uint8Array([255])",
      "Uint8Array | null",
      "Uint8Array",
    ],
    fixed: [
      "binary(2)",
      "new Uint8Array([1, 2])",
      "new Uint8Array([3, 4])",
      "Uint8Array | null",
      "Uint8Array",
    ],
    picture: ["blob", "new Uint8Array([1, 2])", "null", "Uint8Array | null", "Uint8Array null"],
  };

/** What a query computes: the expression, its declared type, and what the reader gives. */
const COMPUTED: Record<string, [sql: string, declared: string, given: string]> = {
  number_of: ["COUNT(*)", "number | null", "number"],
  total: ["SUM(counted)", "number | null", "number"],
  largest: ["MAX(large)", "number | bigint | null", "bigint"],
  mean: ["AVG(amount)", "number | null", "number"],
  any_open: ["MAX(CASE WHEN state = 'open' THEN 1 ELSE 0 END)", "number | null", "number"],
  first_day: ["MIN(day)", "string | null", "string"],
  hours: ["MAX(TIMESTAMPDIFF(HOUR, at, '2026-02-01 00:00:00'))", "number | null", "number"],
  label: ["MAX(CONCAT(name, '!'))", "string | null", "string"],
};

const names = Object.keys(KINDS);
const FILES = {
  "seeds/kinds.ts": `import { defineSeeder } from "sla";
export default defineSeeder({
  name: "kinds",
  tables: { all: { primary_key: "id", columns: { ${names.map((name) => `${name}: ${JSON.stringify(KINDS[name]![0])}`).join(", ")} } } },
  *run() {
    yield { table: "all", rows: [
      { ${names.map((name) => `${name}: ${KINDS[name]![1]}`).join(", ")} },
      { ${names.map((name) => `${name}: ${KINDS[name]![2]}`).join(", ")} },
    ] };
  },
});
`,
  "models/passed.sql": `{{config materialized="table" primary_key="id"}}\nSELECT ${names.join(", ")} FROM {{source "kinds" "all"}}\n`,
  "models/seen_through.sql": `SELECT ${names.join(", ")} FROM {{ref "passed"}}\n`,
  "models/computed.sql": `SELECT ${Object.entries(COMPUTED)
    .map(([name, [sql]]) => `${sql} AS ${name}`)
    .join(", ")} FROM {{ref "passed"}}\n`,
  "models/given.ts": `import { defineModel } from "sla";
const kind = (value) => value === null ? "null" : value instanceof Uint8Array ? "Uint8Array" : typeof value;
export default defineModel({
  refs: ["passed", "seen_through", "computed"], sources: ["kinds.all"],
  columns: { relation: "varchar(20)", name: "varchar(20)", kinds: "varchar(60)" },
  async *run({ ref, source }) {
    for (const [relation, handle] of [["all", source("kinds", "all")], ...["passed", "seen_through", "computed"].map((name) => [name, ref(name)])]) {
      const rows = await handle.all();
      for (const name of Object.keys(rows[0]))
        yield { relation, name, kinds: [...new Set(rows.map((row) => kind(row[name])))].sort().join(" ") };
    }
  },
});
`,
};

/** As the declarations say it, for each relation that the model reads. */
const EXPECTED = {
  all: Object.fromEntries(names.map((name) => [name, [KINDS[name]![3], KINDS[name]![4]]])),
  passed: Object.fromEntries(names.map((name) => [name, [KINDS[name]![3], KINDS[name]![4]]])),
  // A view promises no keys.
  seen_through: Object.fromEntries(
    names.map((name) => [
      name,
      [name === "id" ? "number | bigint | null" : KINDS[name]![3], KINDS[name]![4]],
    ]),
  ),
  computed: Object.fromEntries(
    Object.entries(COMPUTED).map(([name, [, declared, given]]) => [name, [declared, given]]),
  ),
};

const texts = new Map<string, string>();

test.each(ENGINES)("on $name, a model reads what the declarations say", async (engine) => {
  const warehouse = new Warehouse(engine, "kinds", FILES);
  symlinkSync(MODULES, join(warehouse.dir, "node_modules"));
  await warehouse.build();
  const effects = {
    env: engineEnvironment(engine, warehouse.schema),
    clock: () => new Date(),
    emit: (event: object) => expect(event).not.toMatchObject({ type: "warning" }),
    signal: new AbortController().signal,
  };
  await generateTypes({ projectDir: warehouse.dir }, effects);
  const text = readText(warehouse.dir);
  texts.set(engine.name, text);

  const declared = readText.columns(text);
  const found: Record<string, Record<string, string[]>> = {};
  for (const [relation, name, kinds] of await warehouse.rows(
    "SELECT relation, name, kinds FROM {schema}.given",
  )) {
    const key = relation === "all" ? `kinds.all.${name}` : `${relation}.${name}`;
    found[relation!] ??= {};
    found[relation!]![name!] = [declared.get(key)!, kinds!];
  }
  expect(found).toEqual(EXPECTED);

  const again = await generateTypes({ projectDir: warehouse.dir, check: true }, effects);
  expect(again).toMatchObject({ upToDate: true, changed: [] });
});

test("the file is the same whatever the engine", () => {
  expect(texts.size).toBe(ENGINES.length);
  expect(new Set(texts.values()).size).toBe(1);
});

test.each(ENGINES)("on $name, sources that others fill are as the warehouse has them", async (engine) => {
  const warehouse = new Warehouse(engine, "others", {
    "models/sources.yml": `sources:
  - name: erp
    schema: {schema}
    tables:
      - name: invoices
        columns: [{ name: id, data_tests: [not_null] }, { name: state, data_type: "enum('open','paid')" }]
`,
    "models/due.sql": 'SELECT id, state, total * 2 AS twice FROM {{source "erp" "invoices"}}\n',
  });
  warehouse.write({
    "models/sources.yml": readFileSync(join(warehouse.dir, "models/sources.yml"), "utf8").replace(
      "{schema}",
      warehouse.schema,
    ),
  });
  await warehouse.raw(`CREATE SCHEMA IF NOT EXISTS ${warehouse.schema}`);
  await warehouse.raw(
    "CREATE TABLE {schema}.invoices (id BIGINT, state VARCHAR(10), total DECIMAL(10,2) NOT NULL, paid_at TIMESTAMP NULL)",
  );
  const warnings: object[] = [];
  const effects = {
    env: {},
    clock: () => new Date(),
    emit: (event: { type: string }) => void (event.type === "warning" && warnings.push(event)),
    signal: new AbortController().signal,
  };
  await generateTypes({ projectDir: warehouse.dir }, effects);
  expect(Object.fromEntries(readText.columns(readText(warehouse.dir)))).toEqual({
    "due.id": "number | bigint | null",
    "due.state": '"open" | "paid" | null',
    "due.twice": "number | null",
    "erp.invoices.id": "number | bigint",
    "erp.invoices.paid_at": "string | null",
    "erp.invoices.state": '"open" | "paid" | null',
    "erp.invoices.total": "number",
  });
  expect(warnings).toEqual([]);

  await generateTypes({ projectDir: warehouse.dir, emptyCatalog: true }, effects);
  expect(readText.columns(readText(warehouse.dir)).get("erp.invoices.total")).toBeUndefined();
  expect(readText(warehouse.dir)).toContain('[column: string]: import("sla").Value;');
  expect(warnings).toMatchObject([
    { message: expect.stringMatching(/^The columns of "due" have no types: /) },
  ]);
});
