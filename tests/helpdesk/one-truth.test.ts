import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Row, Value } from "../../src/adapters/index.js";
import { onEngine, Warehouse } from "../examples/example-project.js";
import { sla } from "../functional/cli.js";
import { ENGINES, type Engine, SERVERS, schemaName } from "../harness/engines.js";
import { copyHelpdesk } from "./helpdesk-copy.js";

const DUCKDB = ENGINES.find((engine) => engine.type === "duckdb")!;
/** What the project must have made, by schema. */
const TABLES = {
  raw: 9,
  staging: 4,
  star: 8,
  analyses: 11,
  marts: 4,
};

const open: Warehouse[] = [];
afterAll(() => Promise.all(open.map((warehouse) => warehouse.close())));

async function build(engine: Engine, schema: string, vars = "{}"): Promise<Warehouse> {
  const dir = copyHelpdesk();
  const { args, env } = onEngine(engine, schema);
  const result = await sla(dir, ["build", ...args, "--vars", vars], { env });
  expect(result.code, `${result.stdout}\n${result.stderr}`).toBe(0);
  const warehouse = await Warehouse.open(
    engine,
    engine.type === "duckdb" ? "sla" : schema,
    join(dir, "warehouse.duckdb"),
  );
  open.push(warehouse);
  return warehouse;
}

/** All rows of a table, numbers to a millionth, in an order that no engine has a say in. */
async function rows(warehouse: Warehouse, table: string): Promise<string[]> {
  return (await warehouse.rows(table)).map(text).sort();
}

function text(row: Row): string {
  return JSON.stringify(row, (_, value: Value) =>
    typeof value === "number" ? Math.round(value * 1e6) / 1e6 : value,
  );
}

describe("the helpdesk on the embedded engine", () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await build(DUCKDB, "sla");
  });

  it("is whole", async () => {
    const names = Object.keys(await warehouse.contents());
    expect(names.filter((name) => name.startsWith("raw.")).length).toBe(TABLES.raw);
    expect(names.filter((name) => name.startsWith("staging.")).length).toBe(TABLES.staging);
    expect(names.filter((name) => /^(fact|dim)_/.test(name)).length).toBe(TABLES.star);
    expect(names.filter((name) => name.startsWith("marts.")).length).toBe(TABLES.marts);
    const ofOthers = /^analysis\.(eda_|breach_(model|scores|features)|chronic_)/;
    expect(names.filter((name) => name.startsWith("analysis.") && !ofOthers.test(name)).length).toBe(
      TABLES.analyses,
    );
  });

  it("has every ticket once", async () => {
    const [counts] = await warehouse.query(
      (table) =>
        `SELECT COUNT(*) AS n, COUNT(DISTINCT ticket_id) AS ids, MIN(ticket_id) AS first, MAX(ticket_id) AS last FROM ${table("fact_tickets")}`,
    );
    expect(counts).toEqual({ n: 10_000, ids: 10_000, first: 1, last: 10_000 });
  });

  it.each(SERVERS)(
    "is the same, row by row, on $name",
    async (server) => {
      const other = await build(server, schemaName(`one_${server.name}`));
      const contents = await warehouse.contents();
      expect(await other.contents()).toEqual(contents);
      for (const table of Object.keys(contents)) {
        const [here, there] = [await rows(warehouse, table), await rows(other, table)];
        expect(there.length, table).toBe(here.length);
        const differing = here.flatMap((row, n) =>
          row === there[n] ? [] : [{ duckdb: row, [server.name]: there[n] }],
        );
        expect(differing.slice(0, 3), table).toEqual([]);
      }
    },
    240_000,
  );

  it("is the same when it is built again, and another one with another seed", async () => {
    const again = await build(DUCKDB, "sla");
    const other = await build(DUCKDB, "sla", "seed: 43");
    const contents = await warehouse.contents();
    expect(await other.contents()).toEqual(contents);
    for (const table of Object.keys(contents)) {
      const digest = await warehouse.digest(table);
      expect(await again.digest(table), table).toBe(digest);
      // What comes from reference files alone is no matter of the seed.
      if (/tickets|sla_metrics|ownership|impact|customers|engineers/.test(table)) {
        expect(await other.digest(table), table).not.toBe(digest);
      }
    }
    const count = (table: (name: string) => string) => `SELECT COUNT(*) AS n FROM ${table("fact_tickets")}`;
    expect(await other.query(count)).toEqual(await warehouse.query(count));
  }, 120_000);
});
