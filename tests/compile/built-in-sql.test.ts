import { describe, expect, it } from "vitest";
import type { Row } from "../../src/adapters/index.js";
import { ENGINES, openEngine } from "../harness/engines.js";
import { compilerFor, parseProject } from "../harness/project.js";

/** What a template's SQL gives on an engine. */
async function rowsOf(engine: (typeof ENGINES)[number], template: string): Promise<Row[]> {
  const { code } = compilerFor(await parseProject({})).compileInline(template);
  const adapter = await openEngine(engine);
  const connection = await adapter.acquire();
  try {
    return await connection.query(await adapter.translate(code));
  } finally {
    await connection.release();
  }
}

describe.each(ENGINES)("built-in SQL on $name", (engine) => {
  it("a date spine has each day but the last", async () => {
    const spine = `{{date_spine "'2023-12-01'" "'2026-12-01'"}}`;
    const text = `SELECT COUNT(*) AS days, COUNT(DISTINCT date_day) AS different, MIN(date_day) AS first_day, MAX(date_day) AS last_day FROM (${spine}) AS d`;
    expect(await rowsOf(engine, text)).toEqual([
      { days: 1096, different: 1096, first_day: "2023-12-01", last_day: "2026-11-30" },
    ]);
  });

  it("a date spine may be empty", async () => {
    expect(await rowsOf(engine, `{{date_spine "'2026-01-02'" "'2026-01-02'"}}`)).toEqual([]);
  });

  it("a surrogate key is the same everywhere, tells NULL from empty and keeps columns apart", async () => {
    const [row] = await rowsOf(
      engine,
      `SELECT {{surrogate_key "'a'" "NULL"}} AS with_null, {{surrogate_key "'a'" "''"}} AS with_empty, {{surrogate_key "1" "'x'"}} AS number`,
    );
    expect(row).toEqual({
      // sha256 of `a|_null_`, `a|` and `1|x`
      with_null: "b01cd45849b2e967c0bc3ca850bfcd94ad1ebfdfaca09c4e6512e5025449efd5",
      with_empty: "c683fc436ca8cee41e4050cb9ff9b7b1240944b5cab234ad082d69870803eacd",
      number: "325d428644d27f23404f0104c378605b7db7b8f6ead9f5285dc46747945657b6",
    });
  });

  it("the start of the run is a date-time", async () => {
    expect(await rowsOf(engine, "SELECT {{run_started_at}} AS started")).toEqual([
      { started: "2026-07-01 12:30:45" },
    ]);
  });

  it("literals mean what they hold", async () => {
    const odd = 'it\'s \\ "x" 😀\n%';
    const text =
      "SELECT {{literal (var 'odd')}} AS odd, {{literal true}} AS yes, {{literal null}} AS nothing";
    const parsed = await parseProject({}, { vars: { odd } });
    const adapter = await openEngine(engine);
    const connection = await adapter.acquire();
    try {
      const sql = await adapter.translate(compilerFor(parsed).compileInline(text).code);
      expect(await connection.query(sql)).toMatchObject([{ odd, nothing: null }]);
    } finally {
      await connection.release();
    }
  });
});
