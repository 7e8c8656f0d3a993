import { expect, it } from "vitest";
import { openAdapter } from "../../src/adapters/index.js";
import { engineEnvironment, engineTarget, SERVERS, schemaName } from "../harness/engines.js";
import { sla } from "./cli.js";
import { shop } from "./shop.js";

const DIGITS = "(SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4)";
const NUMBERS = `SELECT CAST(a.n + b.n * 5 + c.n * 25 + d.n * 125 AS SIGNED) AS n
FROM ${DIGITS} a CROSS JOIN ${DIGITS} b CROSS JOIN ${DIGITS} c CROSS JOIN ${DIGITS} d`;

it.each(SERVERS)(
  "a planner knows how many rows tables have as soon as they are built, on $name",
  async (engine) => {
    const schema = schemaName(`counted_${engine.name}`);
    const dir = shop({
      "models/numbers.sql": `{{config materialized="table" primary_key="n"}}\n${NUMBERS}\n`,
      "models/grown.sql": `{{config materialized="incremental" unique_key="n"}}\nSELECT n FROM {{ref "numbers"}}\n`,
    });
    const built = await sla(dir, ["build", "--target", "mysql"], { env: engineEnvironment(engine, schema) });
    expect(built.code, built.stdout + built.stderr).toBe(0);
    const adapter = await openAdapter(engineTarget(engine, schema));
    const connection = await adapter.acquire();
    const rows = await connection.query(
      `SELECT TABLE_NAME AS name, TABLE_ROWS AS n FROM information_schema.TABLES WHERE TABLE_SCHEMA = '${schema}' AND TABLE_NAME IN ('numbers', 'grown', 'raw_orders') ORDER BY 1`,
    );
    await connection.release();
    await adapter.close();
    expect(rows.map(({ name, n }) => [name, Number(n)])).toEqual([
      ["grown", 625],
      ["numbers", 625],
      ["raw_orders", 2],
    ]);
  },
);
