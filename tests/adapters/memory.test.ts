import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import type { Value } from "../../src/adapters/index.js";
import { ENGINES, openEngine, schemaName } from "../harness/engines.js";
import { column } from "./tables.js";

const ROWS = 300_000;
const BATCH = 5000;
/** What 300,000 rows of this width would take if they were kept: far more than what is allowed below. */
const TEXT = "a text of some length that says what the matter is, and more of it ".repeat(4);
const ALLOWED_MB = 40;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** MB that are held, in the heap and outside of it: what is merely not collected yet differs from Node to Node. */
function held(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}

/** How much more is held, at the most, at the moments at which `work` looks. */
async function growth(work: (look: () => void) => Promise<void>): Promise<number> {
  const before = held();
  let peak = before;
  await work(() => {
    peak = Math.max(peak, held());
  });
  return peak - before;
}

describe.each(ENGINES)("$name", (engine) => {
  test("300,000 wide rows go in and out without being held", async () => {
    const adapter = await openEngine(engine);
    const connection = await adapter.acquire();
    const relation = { schema: schemaName("memory"), identifier: "wide" };
    const columns = [column("id", "int"), column("v", "text")];
    await connection.execute(adapter.dialect.createSchema(relation.schema));
    for (const sql of adapter.dialect.createTable({
      relation,
      columns,
      primaryKey: ["id"],
      indexes: [],
      description: "",
    })) {
      await connection.execute(sql);
    }

    const loading = await growth(async (look) => {
      const writer = await connection.load(relation, columns);
      for (let id = 0; id < ROWS; id += BATCH) {
        const rows: Value[][] = [];
        for (let at = 0; at < BATCH; at++) rows.push([id + at, `${id + at} ${TEXT}`]);
        await writer.write(rows);
        if (id % 50_000 === 0) look();
      }
      expect(await writer.end()).toBe(ROWS);
    });
    expect(loading).toBeLessThan(ALLOWED_MB);

    const reading = await growth(async (look) => {
      let rows = 0;
      for await (const batch of connection.stream(`SELECT * FROM ${adapter.dialect.relation(relation)}`)) {
        rows += batch.length;
        // A consumer slower than the engine.
        if (rows % 50_000 >= batch.length) continue;
        await sleep(50);
        look();
      }
      expect(rows).toBe(ROWS);
    });
    expect(reading).toBeLessThan(ALLOWED_MB);
    await connection.execute(adapter.dialect.drop({ ...relation, type: "table" }));
    await connection.release();
  });
});
