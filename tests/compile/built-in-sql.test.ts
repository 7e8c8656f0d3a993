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

  /** Percentiles of values by group; the numbers are given as rows of `name, value`. */
  const percentilesOf = (rows: readonly string[], type: string, values: string) =>
    rowsOf(
      engine,
      `SELECT name, ${values} FROM (
        SELECT name, amount, ROW_NUMBER() OVER (PARTITION BY name ORDER BY amount) AS place,
          COUNT(*) OVER (PARTITION BY name) AS places
        FROM (SELECT name, CAST(amount AS ${type}) AS amount FROM (
          SELECT 'none' AS name, 0 AS amount ${rows.map((row) => `UNION ALL SELECT ${row}`).join(" ")}) AS given WHERE name <> 'none'
        ) AS typed
      ) AS ranked GROUP BY name ORDER BY name`,
    );

  it("medians and percentiles lie between neighbours, by group", async () => {
    const rows = [
      "'a', 5",
      "'b', 4",
      "'b', 1",
      "'c', 10",
      "'c', 20",
      "'c', 40",
      "'d', 7",
      "'d', 7",
      "'d', 7",
    ];
    const values = ["0", "0.25", "0.9", "1"].map(
      (share, n) => `{{percentile "amount" ${share} "place" "places"}} AS p${n}`,
    );
    const all = [`{{median "amount" "place" "places"}} AS middle`, ...values].join(", ");
    const found = await percentilesOf(rows, "DECIMAL(12, 4)", all);
    expect(found.map((row) => Object.values(row))).toEqual([
      ["a", 5, 5, 5, 5, 5],
      ["b", 2.5, 1, 1.75, 3.7, 4],
      ["c", 20, 10, 15, 36, 40],
      ["d", 7, 7, 7, 7, 7],
    ]);
  });

  it("percentiles of whole numbers, below zero and of a wide decimal are exact", async () => {
    const median = `{{median "amount" "place" "places"}} AS middle, {{percentile "amount" 0.999999 "place" "places"}} AS high`;
    expect(await percentilesOf(["'a', -3", "'a', 2"], "SIGNED", median)).toEqual([
      { name: "a", middle: -0.5, high: 1.999995 },
    ]);
    expect(
      await percentilesOf(["'a', 12345678901.25", "'a', 12345678901.75"], "DECIMAL(20, 2)", median),
    ).toMatchObject([{ name: "a", middle: 12345678901.5 }]);
  });

  it.each(["1.5", "-0.1", "0.1234567", "'x'"])("%s is no share for a percentile", async (share) => {
    await expect(rowsOf(engine, `SELECT {{percentile "amount" ${share} "place" "places"}}`)).rejects.toThrow(
      "percentile takes a share from 0 to 1",
    );
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
