import { describe, expect, test } from "vitest";
import { SlaErrors } from "../../src/errors/index.js";
import { checkSyntax, lint, translate } from "../../src/sql/index.js";

/** MySQL's text and DuckDB's: the rewrites that the parity suite proves, as text. */
const CASES: [mysql: string, duckdb: string][] = [
  ["SELECT a, t.b FROM db.t AS t", 'SELECT "a", "t"."b"\nFROM "db"."t" AS "t"'],
  ["SELECT `x y` FROM `t` WHERE `end` = 'it''s'", `SELECT "x y"\nFROM "t"\nWHERE ("end" = 'it''s')`],
  [
    "SELECT COUNT(*), a + 1 FROM t",
    'SELECT count(*) AS "COUNT(*)", (sla_wide("a") + 1) AS "a + 1"\nFROM "t"',
  ],
  [
    "SELECT SUM(a > 1) AS n FROM t",
    'SELECT CAST(sum(CAST(("a" > 1) AS INTEGER)) AS BIGINT) AS "n"\nFROM "t"',
  ],
  ["SELECT a / NULLIF(b, 0) AS r FROM t", 'SELECT sla_div("a", nullif("b", 0)) AS "r"\nFROM "t"'],
  ["SELECT AVG(a) AS r FROM t", 'SELECT sla_div(sum("a"), count("a")) AS "r"\nFROM "t"'],
  [
    "SELECT SUM(a) AS s FROM t",
    'SELECT cast_to_type(sum("a"), (any_value("a") + CAST(0 AS BIGINT))) AS "s"\nFROM "t"',
  ],
  [
    "SELECT d + INTERVAL n HOUR AS x, DATE_SUB(d, INTERVAL 1 DAY) AS y FROM t",
    'SELECT sla_add_hour("d", "n") AS "x", sla_add_day("d", -(1)) AS "y"\nFROM "t"',
  ],
  [
    "SELECT TIMESTAMPDIFF(MINUTE, a, b) AS x FROM t",
    'SELECT sla_diff_minute(sla_temporal("a"), sla_temporal("b")) AS "x"\nFROM "t"',
  ],
  [
    "SELECT DATE_FORMAT(d, '%Y-%m %u') AS x FROM t",
    `SELECT (strftime(CAST(sla_temporal("d") AS TIMESTAMP), '%Y-%m ') || sla_two_digits(sla_week_1(sla_temporal("d")))) AS "x"\nFROM "t"`,
  ],
  [
    "SELECT IF(a IS NULL, 'none', b) AS x FROM t",
    `SELECT CASE WHEN ("a" IS NULL) THEN 'none' ELSE sla_text("b") END AS "x"\nFROM "t"`,
  ],
  ["SELECT a <=> b AS x FROM t", 'SELECT CAST(("a" IS NOT DISTINCT FROM "b") AS INTEGER) AS "x"\nFROM "t"'],
  [
    "SELECT 1 AS x FROM t WHERE a LIKE '5\\%'",
    `SELECT 1 AS "x"\nFROM "t"\nWHERE sla_like(sla_text("a"), '5\\%', '\\')`,
  ],
  [
    "SELECT 1 AS x FROM t WHERE a REGEXP '^v'",
    `SELECT 1 AS "x"\nFROM "t"\nWHERE regexp_matches(sla_text("a"), '(?i)^v')`,
  ],
  [
    "SELECT COUNT(DISTINCT a, b) AS n FROM t",
    'SELECT count(DISTINCT CASE WHEN ("a" IS NULL) THEN NULL WHEN ("b" IS NULL) THEN NULL ELSE (sla_key("a"), sla_key("b")) END) AS "n"\nFROM "t"',
  ],
  [
    "SELECT GROUP_CONCAT(a ORDER BY b DESC SEPARATOR '; ') AS x FROM t",
    `SELECT string_agg(sla_text("a"), '; ' ORDER BY sla_concat_key("b") DESC) AS "x"\nFROM "t"`,
  ],
  [
    "SELECT a, COUNT(*) AS n FROM t GROUP BY a WITH ROLLUP",
    'SELECT "a", count(*) AS "n"\nFROM "t"\nGROUP BY ROLLUP ("a")',
  ],
  [
    "SELECT ROW_NUMBER() OVER w AS n FROM t WINDOW w AS (PARTITION BY a ORDER BY b DESC) ORDER BY n LIMIT 5, 10",
    'SELECT row_number() OVER "w" AS "n"\nFROM "t"\nWINDOW "w" AS (PARTITION BY "a" ORDER BY "b" DESC)\nORDER BY "n"\nLIMIT 10\nOFFSET 5',
  ],
  [
    "SELECT SUM(a) OVER (ORDER BY b ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS s FROM t",
    'SELECT cast_to_type(sum("a") OVER (ORDER BY "b" ROWS BETWEEN 6 PRECEDING AND CURRENT ROW), ("a" + CAST(0 AS BIGINT))) AS "s"\nFROM "t"',
  ],
  [
    "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 3) SELECT n FROM s",
    'WITH RECURSIVE "s"("n") AS (\nSELECT 1\nUNION ALL\nSELECT (sla_wide("n") + 1)\nFROM "s"\nWHERE ("n" < 3)\n)\nSELECT "n"\nFROM "s"',
  ],
  [
    "SELECT 1 AS x FROM a JOIN b USING (k) LEFT JOIN (c CROSS JOIN d) ON c.k = a.k, e",
    'SELECT 1 AS "x"\nFROM "a"\nJOIN "b" USING ("k")\nLEFT JOIN ("c" CROSS JOIN "d") ON ("c"."k" = "a"."k")\n, "e"',
  ],
  ["SELECT CAST(a AS SIGNED) AS x FROM DUAL", 'SELECT (sla_signed("a")) AS "x"'],
  ["SELECT 1 AS a -- why */ not\n, 2 AS b", 'SELECT 1 AS "a", 2 AS "b"'],
];

describe("DuckDB's text", () => {
  test.each(CASES)("%s", async (mysql, duckdb) => {
    expect(await translate(mysql)).toBe(duckdb);
  });

  test("the same text twice gives the same text", async () => {
    const [[mysql]] = CASES as [[string, string]];
    expect(await translate(mysql)).toBe(await translate(mysql));
  });
});

describe("errors", () => {
  test("all of a text are found, in its order, each with its place", async () => {
    const sql = "SELECT MD5(a),\n  NOW() AS n,\n  FLOR(b)\nFROM t\nWHERE a || b";
    const found = (await lint(sql)).map(({ code, location }) => [
      code,
      location?.line,
      location?.column,
      location?.length,
    ]);
    expect(found).toEqual([
      ["SLA303", 1, 8, 3],
      ["SLA303", 2, 3, 3],
      ["SLA302", 3, 3, 4],
      ["SLA303", 5, 9, 2],
    ]);
    await expect(translate(sql)).rejects.toBeInstanceOf(SlaErrors);
  });

  test("a single one is thrown as itself", async () => {
    await expect(translate("SELECT FLOR(a) FROM t")).rejects.toMatchObject({
      code: "SLA302",
      message: "FLOR is not a function of the portable subset",
      hint: 'Did you mean "FLOOR"?',
    });
  });

  test("syntax alone", async () => {
    expect(await checkSyntax("SELECT NOW(), a || b FROM t")).toEqual([]);
    expect((await checkSyntax("SELECT a FROM (SELECT 1")).map(({ message }) => message)).toEqual([
      "this parenthesis is not closed",
    ]);
  });

  test("the parser stays usable after a text that is too deep for it", async () => {
    const deep = `SELECT ${"(".repeat(200)}1${")".repeat(200)}`;
    expect((await lint(deep)).map(({ code }) => code)).toEqual(["SLA304"]);
    expect(await lint("SELECT 1")).toEqual([]);
  });
});

describe("limits", () => {
  const expression = (depth: number): string => `${"(".repeat(depth)}a${" + 1)".repeat(depth)}`;

  test.each([
    ["30 levels of parentheses", `SELECT ${expression(30)} AS x FROM t`],
    ["400 terms in a chain", `SELECT a${" + 1".repeat(400)} AS x FROM t`],
    ["400 conditions in a chain", `SELECT 1 AS x FROM t WHERE a = 0${" OR a = 1".repeat(400)}`],
    [
      "12 nested subqueries",
      `SELECT a FROM (${"SELECT a FROM (".repeat(12)}SELECT a FROM t${") q".repeat(12)}) q`,
    ],
    ["40 unions", `SELECT a FROM t${" UNION ALL SELECT a FROM t".repeat(40)}`],
    [
      "a list of 5,000 values",
      `SELECT 1 AS x FROM t WHERE a IN (${Array.from({ length: 5000 }, (_, n) => n).join(", ")})`,
    ],
  ])("%s", async (_what, sql) => {
    // After the parser's code has been optimized, which makes its stack frames larger.
    for (let n = 0; n < 30; n += 1) await translate(`SELECT a + ${n} AS x FROM t WHERE b = ${n}`);
    expect(await lint(sql)).toEqual([]);
    expect(await translate(sql)).toContain('FROM "t"');
  });
});
