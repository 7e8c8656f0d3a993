import { describe, expect, test } from "vitest";
import { ENGINES, openEngine, schemaName } from "../harness/engines.js";

describe.each(ENGINES)("$name", (engine) => {
  test("smoke", async () => {
    const a = await openEngine(engine);
    const c = await a.acquire();
    const schema = schemaName();
    await c.execute(a.dialect.createSchema(schema));
    const relation = { schema, identifier: "t" };
    const columns = [
      { name: "id", type: { kind: "bigint", unsigned: false }, nullable: false, description: "the id" },
      { name: "s", type: { kind: "varchar", length: 50 }, nullable: true, description: "" },
      {
        name: "d",
        type: { kind: "decimal", precision: 10, scale: 2, unsigned: false },
        nullable: true,
        description: "",
      },
      { name: "t", type: { kind: "datetime", precision: 6 }, nullable: true, description: "" },
      { name: "b", type: { kind: "blob" }, nullable: true, description: "" },
    ] as const;
    for (const sql of a.dialect.createTable({
      relation,
      columns,
      primaryKey: ["id"],
      indexes: [{ columns: ["s"] }],
      description: "x",
    }))
      await c.execute(sql);
    const w = await c.load(relation, columns);
    await w.write([
      [1, "a\tb\n\\N'\0ü😀", 1.25, "2024-01-02 03:04:05.123456", new Uint8Array([0, 255, 10, 9])],
      [2, "", -3, null, null],
      [3, null, "7.5", "2024-01-02 00:00:00", new Uint8Array()],
    ]);
    expect(await w.end()).toBe(3);
    expect(await c.query(`SELECT * FROM ${a.dialect.relation(relation)} ORDER BY id`)).toEqual([
      {
        id: 1,
        s: "a\tb\n\\N'\0ü😀",
        d: 1.25,
        t: "2024-01-02 03:04:05.123456",
        b: new Uint8Array([0, 255, 10, 9]),
      },
      { id: 2, s: "", d: -3, t: null, b: null },
      { id: 3, s: null, d: 7.5, t: "2024-01-02 00:00:00", b: new Uint8Array() },
    ]);
    await c.release();
  });
});
