/**
 * What a query's columns are made of, written down by hand. The tables are t(k, a, b, c), u(k, x, y), v(k, z), all columns known, db.q(a, b), and o(p …) and
 * w(…), which may have more columns than these. An input is `t.a copied`; several are separated by commas; `?` stands for unknown.
 */
export interface LineageCase {
  name: string;
  sql: string;
  /** By column, in order. */
  columns: Record<string, string>;
  /** What decides over the rows; none if absent. */
  rows?: string;
}

/** Cases by construct. */
export const CASES: Record<string, LineageCase[]> = {
  "plain columns": [
    { name: "a column", sql: "SELECT a FROM t", columns: { a: "t.a copied" } },
    { name: "under another name", sql: "SELECT a AS other FROM t", columns: { other: "t.a copied" } },
    { name: "in parentheses", sql: "SELECT ((a)) AS a FROM t", columns: { a: "t.a copied" } },
    { name: "by its table", sql: "SELECT t.a FROM t", columns: { a: "t.a copied" } },
    { name: "by an alias of its table", sql: "SELECT s.a FROM t AS s", columns: { a: "t.a copied" } },
    {
      name: "by schema and table",
      sql: "SELECT db.q.a, q.b FROM db.q",
      columns: { a: "q.a copied", b: "q.b copied" },
    },
    { name: "whatever its case", sql: "SELECT T.A FROM t", columns: { A: "t.a copied" } },
    { name: "quoted", sql: "SELECT `t`.`a` FROM `t`", columns: { a: "t.a copied" } },
    {
      name: "a constant",
      sql: "SELECT 1 AS one, 'x' AS x, NULL AS n, TRUE AS yes FROM t",
      columns: { one: "", x: "", n: "", yes: "" },
    },
    { name: "no FROM", sql: "SELECT 1 AS one", columns: { one: "" } },
    { name: "FROM DUAL", sql: "SELECT 1 AS one FROM DUAL", columns: { one: "" } },
    {
      name: "a column named twice",
      sql: "SELECT a, a AS again FROM t",
      columns: { a: "t.a copied", again: "t.a copied" },
    },
  ],
  "names of columns": [
    {
      name: "an expression is called as it is written",
      sql: "SELECT a + 1, COUNT(*) FROM t",
      columns: { "a + 1": "t.a computed", "COUNT(*)": "" },
    },
    { name: "a string is called by its value", sql: "SELECT 'x''y' FROM t", columns: { "x'y": "" } },
    {
      name: "behind a CTE",
      sql: "WITH s AS (SELECT a FROM t) SELECT MAX(a) FROM s",
      columns: { "MAX(a)": "t.a aggregated" },
    },
    {
      name: "a union is called as its first part",
      sql: "SELECT a AS n FROM t UNION ALL SELECT x AS m FROM u",
      columns: { n: "t.a copied, u.x copied" },
    },
  ],
  expressions: [
    {
      name: "arithmetic",
      sql: "SELECT a + b * -c AS r FROM t",
      columns: { r: "t.a computed, t.b computed, t.c computed" },
    },
    {
      name: "DIV and MOD",
      sql: "SELECT a DIV b AS d, a % c AS m FROM t",
      columns: { d: "t.a computed, t.b computed", m: "t.a computed, t.c computed" },
    },
    {
      name: "comparison and logic",
      sql: "SELECT a > 1 AND NOT b <=> c AS r FROM t",
      columns: { r: "t.a computed, t.b computed, t.c computed" },
    },
    {
      name: "IS NULL, BETWEEN, LIKE, IN",
      sql: "SELECT a IS NULL AS n, a BETWEEN b AND c AS w, a LIKE 'x%' AS l, a IN (b, 2) AS i FROM t",
      columns: {
        n: "t.a computed",
        w: "t.a computed, t.b computed, t.c computed",
        l: "t.a computed",
        i: "t.a computed, t.b computed",
      },
    },
    { name: "a function", sql: "SELECT UPPER(TRIM(a)) AS r FROM t", columns: { r: "t.a computed" } },
    {
      name: "COALESCE and IFNULL",
      sql: "SELECT COALESCE(a, b, 0) AS c1, IFNULL(a, c) AS c2 FROM t",
      columns: { c1: "t.a computed, t.b computed", c2: "t.a computed, t.c computed" },
    },
    { name: "CAST", sql: "SELECT CAST(a AS DECIMAL(10, 2)) AS r FROM t", columns: { r: "t.a computed" } },
    {
      name: "a unit is no column",
      sql: "SELECT TIMESTAMPDIFF(MINUTE, a, b) AS r, EXTRACT(YEAR FROM c) AS y FROM t",
      columns: { r: "t.a computed, t.b computed", y: "t.c computed" },
    },
    {
      name: "INTERVAL",
      sql: "SELECT DATE_ADD(a, INTERVAL b DAY) AS r, a + INTERVAL c HOUR AS s FROM t",
      columns: { r: "t.a computed, t.b computed", s: "t.a computed, t.c computed" },
    },
    {
      name: "TRIM with its words",
      sql: "SELECT TRIM(LEADING '0' FROM a) AS r FROM t",
      columns: { r: "t.a computed" },
    },
    { name: "REGEXP", sql: "SELECT a REGEXP '^x' AS r FROM t", columns: { r: "t.a computed" } },
  ],
  conditions: [
    {
      name: "CASE WHEN",
      sql: "SELECT CASE WHEN a > 1 THEN b ELSE c END AS r FROM t",
      columns: { r: "t.a by condition, t.b computed, t.c computed" },
    },
    {
      name: "CASE of an operand",
      sql: "SELECT CASE a WHEN b THEN 1 ELSE 0 END AS r FROM t",
      columns: { r: "t.a by condition, t.b by condition" },
    },
    {
      name: "a column that decides and comes out",
      sql: "SELECT CASE WHEN a IS NOT NULL THEN a ELSE b END AS r FROM t",
      columns: { r: "t.a by condition, t.a computed, t.b computed" },
    },
    {
      name: "IF",
      sql: "SELECT IF(a = 1, b, c) AS r FROM t",
      columns: { r: "t.a by condition, t.b computed, t.c computed" },
    },
    {
      name: "NULLIF",
      sql: "SELECT NULLIF(a, b) AS r FROM t",
      columns: { r: "t.a computed, t.b by condition" },
    },
    {
      name: "ELT",
      sql: "SELECT ELT(a, b, c) AS r FROM t",
      columns: { r: "t.a by condition, t.b computed, t.c computed" },
    },
    {
      name: "one in another",
      sql: "SELECT CASE WHEN a = 1 THEN CASE WHEN b = 1 THEN c END END AS r FROM t",
      columns: { r: "t.a by condition, t.b by condition, t.c computed" },
    },
    {
      name: "inside an expression",
      sql: "SELECT 1 + CASE WHEN a = 1 THEN b ELSE 0 END AS r FROM t",
      columns: { r: "t.a by condition, t.b computed" },
    },
    {
      name: "inside an aggregate",
      sql: "SELECT SUM(CASE WHEN a = 1 THEN b ELSE 0 END) AS r FROM t",
      columns: { r: "t.a by condition, t.b aggregated" },
    },
  ],
  aggregates: [
    {
      name: "SUM, MAX, AVG",
      sql: "SELECT SUM(a) AS s, MAX(b) AS m, AVG(c) AS v FROM t",
      columns: { s: "t.a aggregated", m: "t.b aggregated", v: "t.c aggregated" },
    },
    {
      name: "COUNT(*) is of no column",
      sql: "SELECT COUNT(*) AS n, COUNT(a) AS m FROM t",
      columns: { n: "", m: "t.a aggregated" },
    },
    {
      name: "COUNT(DISTINCT a, b)",
      sql: "SELECT COUNT(DISTINCT a, b) AS n FROM t",
      columns: { n: "t.a aggregated, t.b aggregated" },
    },
    {
      name: "an expression of one",
      sql: "SELECT ROUND(100 * SUM(a) / NULLIF(COUNT(b), 0), 1) AS r FROM t",
      columns: { r: "t.a aggregated, t.b aggregated" },
    },
    {
      name: "one of an expression",
      sql: "SELECT SUM(a + b) AS r FROM t",
      columns: { r: "t.a aggregated, t.b aggregated" },
    },
    {
      name: "GROUP_CONCAT",
      sql: "SELECT GROUP_CONCAT(a ORDER BY b SEPARATOR ', ') AS r FROM t",
      columns: { r: "t.a aggregated, t.b sorted by" },
    },
    {
      name: "one that is not portable",
      sql: "SELECT STDDEV(a) AS r FROM t",
      columns: { r: "t.a aggregated" },
    },
    {
      name: "GROUP BY",
      sql: "SELECT a, SUM(b) AS s FROM t GROUP BY a",
      columns: { a: "t.a copied", s: "t.b aggregated" },
      rows: "t.a grouped by",
    },
    {
      name: "GROUP BY an expression",
      sql: "SELECT COUNT(*) AS n FROM t GROUP BY DATE(a)",
      columns: { n: "" },
      rows: "t.a grouped by",
    },
    {
      name: "GROUP BY an alias",
      sql: "SELECT DATE(a) AS d, COUNT(*) AS n FROM t GROUP BY d",
      columns: { d: "t.a computed", n: "" },
      rows: "t.a grouped by",
    },
    {
      name: "GROUP BY a name that is a column too: the column",
      sql: "SELECT DATE(a) AS b, COUNT(*) AS n FROM t GROUP BY b",
      columns: { b: "t.a computed", n: "" },
      rows: "t.b grouped by",
    },
    {
      name: "GROUP BY a position",
      sql: "SELECT a, b, COUNT(*) AS n FROM t GROUP BY 1, 2",
      columns: { a: "t.a copied", b: "t.b copied", n: "" },
      rows: "t.a grouped by, t.b grouped by",
    },
    {
      name: "WITH ROLLUP",
      sql: "SELECT a, SUM(b) AS s FROM t GROUP BY a WITH ROLLUP",
      columns: { a: "t.a copied", s: "t.b aggregated" },
      rows: "t.a grouped by",
    },
    {
      name: "HAVING",
      sql: "SELECT a, SUM(b) AS s FROM t GROUP BY a HAVING SUM(c) > 1",
      columns: { a: "t.a copied", s: "t.b aggregated" },
      rows: "t.a grouped by, t.c filtered by",
    },
    {
      name: "HAVING of an alias",
      sql: "SELECT a, SUM(b) AS s FROM t GROUP BY a HAVING s > 1",
      columns: { a: "t.a copied", s: "t.b aggregated" },
      rows: "t.a grouped by, t.b filtered by",
    },
    {
      name: "DISTINCT",
      sql: "SELECT DISTINCT a, UPPER(b) AS b FROM t",
      columns: { a: "t.a copied", b: "t.b computed" },
      rows: "t.a grouped by, t.b grouped by",
    },
  ],
  "filters and order": [
    {
      name: "WHERE",
      sql: "SELECT a FROM t WHERE b > 1 AND c IS NULL",
      columns: { a: "t.a copied" },
      rows: "t.b filtered by, t.c filtered by",
    },
    {
      name: "ORDER BY",
      sql: "SELECT a FROM t ORDER BY b DESC LIMIT 3",
      columns: { a: "t.a copied" },
      rows: "t.b sorted by",
    },
    {
      name: "ORDER BY an alias",
      sql: "SELECT a AS r FROM t ORDER BY r",
      columns: { r: "t.a copied" },
      rows: "t.a sorted by",
    },
    {
      name: "ORDER BY a name that is an alias too: the alias",
      sql: "SELECT a AS b FROM t ORDER BY b",
      columns: { b: "t.a copied" },
      rows: "t.a sorted by",
    },
    {
      name: "ORDER BY a position",
      sql: "SELECT a, b FROM t ORDER BY 2",
      columns: { a: "t.a copied", b: "t.b copied" },
      rows: "t.b sorted by",
    },
    {
      name: "a filter with CASE is a filter",
      sql: "SELECT a FROM t WHERE CASE WHEN b = 1 THEN c END > 1",
      columns: { a: "t.a copied" },
      rows: "t.b filtered by, t.c filtered by",
    },
  ],
  joins: [
    {
      name: "INNER JOIN",
      sql: "SELECT a, x FROM t JOIN u ON t.k = u.k",
      columns: { a: "t.a copied", x: "u.x copied" },
      rows: "t.k joined by, u.k joined by",
    },
    {
      name: "LEFT JOIN with a condition",
      sql: "SELECT a, x FROM t LEFT JOIN u ON t.k = u.k AND u.y = 1",
      columns: { a: "t.a copied", x: "u.x copied" },
      rows: "t.k joined by, u.k joined by, u.y joined by",
    },
    {
      name: "CROSS JOIN",
      sql: "SELECT a, x FROM t CROSS JOIN u",
      columns: { a: "t.a copied", x: "u.x copied" },
    },
    {
      name: "a list of tables",
      sql: "SELECT a, x FROM t, u WHERE t.k = u.k",
      columns: { a: "t.a copied", x: "u.x copied" },
      rows: "t.k filtered by, u.k filtered by",
    },
    {
      name: "with itself",
      sql: "SELECT l.a, r.b FROM t AS l JOIN t AS r ON l.k = r.c",
      columns: { a: "t.a copied", b: "t.b copied" },
      rows: "t.c joined by, t.k joined by",
    },
    {
      name: "USING",
      sql: "SELECT k, a, x FROM t JOIN u USING (k)",
      columns: { k: "t.k copied", a: "t.a copied", x: "u.x copied" },
      rows: "t.k joined by, u.k joined by",
    },
    {
      name: "RIGHT JOIN USING gives the right one",
      sql: "SELECT k FROM t RIGHT JOIN u USING (k)",
      columns: { k: "u.k copied" },
      rows: "t.k joined by, u.k joined by",
    },
    {
      name: "* over USING starts with the common columns",
      sql: "SELECT * FROM t JOIN u USING (k)",
      columns: {
        k: "t.k copied",
        a: "t.a copied",
        b: "t.b copied",
        c: "t.c copied",
        x: "u.x copied",
        y: "u.y copied",
      },
      rows: "t.k joined by, u.k joined by",
    },
    {
      name: "NATURAL JOIN",
      sql: "SELECT k, z FROM u NATURAL JOIN v",
      columns: { k: "u.k copied", z: "v.z copied" },
      rows: "u.k joined by, v.k joined by",
    },
    {
      name: "in parentheses",
      sql: "SELECT a, z FROM t LEFT JOIN (u JOIN v ON u.k = v.k) ON t.k = u.k",
      columns: { a: "t.a copied", z: "v.z copied" },
      rows: "t.k joined by, u.k joined by, v.k joined by",
    },
  ],
  stars: [
    { name: "*", sql: "SELECT * FROM u", columns: { k: "u.k copied", x: "u.x copied", y: "u.y copied" } },
    {
      name: "table.* and more",
      sql: "SELECT u.*, a + 1 AS r FROM t JOIN u ON t.k = u.k",
      columns: { k: "u.k copied", x: "u.x copied", y: "u.y copied", r: "t.a computed" },
      rows: "t.k joined by, u.k joined by",
    },
    {
      name: "* of a CTE",
      sql: "WITH s AS (SELECT a AS p, b + c AS q FROM t) SELECT * FROM s",
      columns: { p: "t.a copied", q: "t.b computed, t.c computed" },
    },
    {
      name: "* over two tables",
      sql: "SELECT * FROM u, v",
      columns: { k: "u.k copied", x: "u.x copied", y: "u.y copied", "k#2": "v.k copied", z: "v.z copied" },
    },
  ],
  "CTEs and subqueries": [
    {
      name: "a subquery in FROM",
      sql: "SELECT r + 1 AS r FROM (SELECT a * 2 AS r FROM t WHERE b = 1) AS s",
      columns: { r: "t.a computed" },
      rows: "t.b filtered by",
    },
    {
      name: "a CTE that reads a CTE",
      sql: "WITH p AS (SELECT a, k FROM t), q AS (SELECT MAX(a) AS m, k FROM p GROUP BY k) SELECT m, k FROM q",
      columns: { m: "t.a aggregated", k: "t.k copied" },
      rows: "t.k grouped by",
    },
    {
      name: "a CTE with named columns",
      sql: "WITH s (p, q) AS (SELECT a, b FROM t) SELECT q FROM s",
      columns: { q: "t.b copied" },
    },
    {
      name: "a CTE that is called like a table",
      sql: "WITH q AS (SELECT x AS a FROM u) SELECT a FROM q",
      columns: { a: "u.x copied" },
    },
    {
      name: "a CTE that is called like the table it reads",
      sql: "WITH q AS (SELECT a, b AS hidden FROM db.q) SELECT a, hidden FROM q",
      columns: { a: "q.a copied", hidden: "q.b copied" },
    },
    {
      name: "an inner WITH hides an outer one",
      sql: "WITH s AS (SELECT a AS r FROM t) SELECT r FROM (WITH s AS (SELECT x AS r FROM u) SELECT r FROM s) AS d",
      columns: { r: "u.x copied" },
    },
    {
      name: "a CTE nobody reads decides nothing",
      sql: "WITH s AS (SELECT a FROM t WHERE b = 1) SELECT x FROM u",
      columns: { x: "u.x copied" },
    },
    {
      name: "aggregated, then computed, is aggregated",
      sql: "SELECT s + 1 AS r FROM (SELECT SUM(a) AS s FROM t) AS d",
      columns: { r: "t.a aggregated" },
    },
    {
      name: "a filter on a window's column is a filter by its keys",
      sql: "SELECT a FROM (SELECT a, ROW_NUMBER() OVER (PARTITION BY b ORDER BY c) AS n FROM t) AS s WHERE n = 1",
      columns: { a: "t.a copied" },
      rows: "t.b filtered by, t.c filtered by",
    },
    {
      name: "a value from a subquery",
      sql: "SELECT a, (SELECT MAX(x) FROM u) AS m FROM t",
      columns: { a: "t.a copied", m: "u.x aggregated" },
    },
    {
      name: "a correlated one",
      sql: "SELECT a, (SELECT MAX(x) FROM u WHERE u.k = t.k) AS m FROM t",
      columns: { a: "t.a copied", m: "t.k filtered by, u.k filtered by, u.x aggregated" },
    },
    {
      name: "one that names an outer column alone",
      sql: "SELECT (SELECT MAX(z) FROM v WHERE z < a) AS m FROM t",
      columns: { m: "t.a filtered by, v.z aggregated, v.z filtered by" },
    },
    {
      name: "an inner column hides an outer one",
      sql: "SELECT (SELECT MAX(k) FROM v) AS m FROM t",
      columns: { m: "v.k aggregated" },
    },
    {
      name: "IN a subquery",
      sql: "SELECT a FROM t WHERE k IN (SELECT k FROM u WHERE x = 1)",
      columns: { a: "t.a copied" },
      rows: "t.k filtered by, u.k filtered by, u.x filtered by",
    },
    {
      name: "EXISTS: what it selects does not matter",
      sql: "SELECT a FROM t WHERE EXISTS (SELECT x FROM u WHERE u.k = t.k)",
      columns: { a: "t.a copied" },
      rows: "t.k filtered by, u.k filtered by",
    },
    {
      name: "NOT EXISTS as a value",
      sql: "SELECT NOT EXISTS (SELECT 1 FROM u WHERE u.k = t.k) AS r FROM t",
      columns: { r: "t.k filtered by, u.k filtered by" },
    },
    {
      name: "> ALL",
      sql: "SELECT a FROM t WHERE a > ALL (SELECT x FROM u)",
      columns: { a: "t.a copied" },
      rows: "t.a filtered by, u.x filtered by",
    },
    {
      name: "pairs IN a subquery",
      sql: "SELECT a FROM t WHERE (a, b) IN (SELECT x, y FROM u)",
      columns: { a: "t.a copied" },
      rows: "t.a filtered by, t.b filtered by, u.x filtered by, u.y filtered by",
    },
    {
      name: "a subquery in a condition of CASE",
      sql: "SELECT CASE WHEN EXISTS (SELECT 1 FROM u WHERE u.k = t.k) THEN a END AS r FROM t",
      columns: { r: "t.a computed, t.k by condition, u.k by condition" },
    },
  ],
  "set operations": [
    {
      name: "UNION ALL",
      sql: "SELECT a, b FROM t UNION ALL SELECT x, 0 FROM u WHERE y = 1",
      columns: { a: "t.a copied, u.x copied", b: "t.b copied" },
      rows: "u.y filtered by",
    },
    {
      name: "by position, not by name",
      sql: "SELECT k, x FROM u UNION ALL SELECT x, k FROM u",
      columns: { k: "u.k copied, u.x copied", x: "u.k copied, u.x copied" },
    },
    {
      name: "UNION compares rows",
      sql: "SELECT a FROM t UNION SELECT x FROM u",
      columns: { a: "t.a copied, u.x copied" },
      rows: "t.a grouped by, u.x grouped by",
    },
    {
      name: "three of them",
      sql: "SELECT a FROM t UNION ALL SELECT x FROM u UNION ALL SELECT z FROM v",
      columns: { a: "t.a copied, u.x copied, v.z copied" },
    },
    {
      name: "EXCEPT gives rows of the first",
      sql: "SELECT a FROM t EXCEPT SELECT x FROM u",
      columns: { a: "t.a copied" },
      rows: "t.a filtered by, u.x filtered by",
    },
    {
      name: "INTERSECT",
      sql: "SELECT a FROM t INTERSECT SELECT x FROM u",
      columns: { a: "t.a copied" },
      rows: "t.a filtered by, u.x filtered by",
    },
    {
      name: "ORDER BY behind",
      sql: "SELECT a AS r FROM t UNION ALL SELECT x FROM u ORDER BY r LIMIT 2",
      columns: { r: "t.a copied, u.x copied" },
      rows: "t.a sorted by, u.x sorted by",
    },
    {
      name: "in parentheses, with order",
      sql: "(SELECT a FROM t ORDER BY b LIMIT 1) UNION ALL (SELECT x FROM u)",
      columns: { a: "t.a copied, u.x copied" },
      rows: "t.b sorted by",
    },
    {
      name: "WITH in front",
      sql: "WITH s AS (SELECT a FROM t) SELECT a FROM s UNION ALL SELECT a + 1 FROM s",
      columns: { a: "t.a copied, t.a computed" },
    },
  ],
  recursion: [
    {
      name: "what grows",
      sql: "WITH RECURSIVE s AS (SELECT a AS n, b AS stop FROM t UNION ALL SELECT n + 1, stop FROM s WHERE n < stop) SELECT n FROM s",
      columns: { n: "t.a computed, t.a copied" },
      rows: "t.a filtered by, t.b filtered by",
    },
    {
      name: "columns that change places",
      sql: "WITH RECURSIVE s AS (SELECT x AS p, y AS q FROM u UNION ALL SELECT q, p FROM s) SELECT p FROM s",
      columns: { p: "u.x copied, u.y copied" },
    },
    {
      name: "a hierarchy",
      sql: "WITH RECURSIVE s AS (SELECT k, a AS root FROM t WHERE b IS NULL UNION ALL SELECT t.k, s.root FROM t JOIN s ON t.b = s.k) SELECT k, root FROM s",
      columns: { k: "t.k copied", root: "t.a copied" },
      rows: "t.b filtered by, t.b joined by, t.k joined by",
    },
    {
      name: "named columns",
      sql: "WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 9) SELECT n FROM s",
      columns: { n: "" },
    },
  ],
  windows: [
    {
      name: "ROW_NUMBER",
      sql: "SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) AS n FROM t",
      columns: { n: "t.a over window, t.b over window" },
    },
    { name: "ROW_NUMBER without keys", sql: "SELECT ROW_NUMBER() OVER () AS n FROM t", columns: { n: "" } },
    {
      name: "SUM OVER",
      sql: "SELECT SUM(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS s FROM t",
      columns: { s: "t.a aggregated, t.b over window, t.c over window" },
    },
    {
      name: "LAG",
      sql: "SELECT LAG(a) OVER (ORDER BY b) AS p FROM t",
      columns: { p: "t.a computed, t.b over window" },
    },
    {
      name: "a window of a sum",
      sql: "SELECT a, SUM(SUM(b)) OVER (ORDER BY a) AS s FROM t GROUP BY a",
      columns: { a: "t.a copied", s: "t.a over window, t.b aggregated" },
      rows: "t.a grouped by",
    },
    {
      name: "a named window",
      sql: "SELECT SUM(a) OVER w AS s FROM t WINDOW w AS (PARTITION BY b ORDER BY c)",
      columns: { s: "t.a aggregated, t.b over window, t.c over window" },
    },
    {
      name: "a named window with more",
      sql: "SELECT FIRST_VALUE(a) OVER (w ORDER BY c) AS s FROM t WINDOW w AS (PARTITION BY b)",
      columns: { s: "t.a computed, t.b over window, t.c over window" },
    },
    {
      name: "in an expression",
      sql: "SELECT a / NULLIF(SUM(a) OVER (), 0) AS share FROM t",
      columns: { share: "t.a aggregated, t.a computed" },
    },
    {
      name: "a CASE as its key",
      sql: "SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY CASE WHEN b = 1 THEN 0 ELSE c END) AS n FROM t",
      columns: { n: "t.a over window, t.b over window, t.c over window" },
    },
  ],
  "tables with undeclared columns": [
    {
      name: "a column by name can only be of the one table",
      sql: "SELECT p, q FROM o",
      columns: { p: "o.p copied", q: "o.q copied" },
    },
    { name: "by its table", sql: "SELECT o.q, a FROM t, o", columns: { q: "o.q copied", a: "t.a copied" } },
    {
      name: "what no known table has is of the other",
      sql: "SELECT q, a FROM t, o",
      columns: { q: "o.q copied", a: "t.a copied" },
    },
    {
      name: "through * and a CTE",
      sql: "WITH s AS (SELECT * FROM o) SELECT q AS r, p FROM s",
      columns: { r: "o.q copied", p: "o.p copied" },
    },
    {
      name: "two such tables: unknown",
      sql: "SELECT q, w.r FROM o, w",
      columns: { q: "?", r: "w.r copied" },
    },
    {
      name: "two such tables below one *: unknown",
      sql: "SELECT q FROM (SELECT o.*, w.* FROM o, w) AS s",
      columns: { q: "?" },
    },
    {
      name: "a name that may be of the query around: unknown",
      sql: "SELECT (SELECT MAX(q) FROM o WHERE a = 1) AS m FROM t",
      columns: { m: "o.q aggregated, ?" },
    },
  ],
  unknown: [
    {
      name: "a table that is no node",
      sql: "SELECT a, q.b FROM elsewhere AS q",
      columns: { a: "?", b: "?" },
      rows: "?",
    },
    {
      name: "a column that is not there",
      sql: "SELECT a, nope FROM t",
      columns: { a: "t.a copied", nope: "?" },
    },
    { name: "a column of two tables", sql: "SELECT k FROM t, u", columns: { k: "?" } },
    { name: "a table that is not in FROM", sql: "SELECT s.a FROM t", columns: { a: "?" } },
    { name: "an alias hides the table's name", sql: "SELECT t.a FROM t AS s", columns: { a: "?" } },
    {
      name: "a function of the server's own",
      sql: "SELECT secret(a) AS r, b FROM t",
      columns: { r: "?", b: "t.b copied" },
    },
    {
      name: "in a filter, the rows",
      sql: "SELECT a FROM t WHERE nope = 1",
      columns: { a: "t.a copied" },
      rows: "?",
    },
    {
      name: "an aggregate has it, too",
      sql: "SELECT SUM(a + nope) AS s FROM t",
      columns: { s: "t.a aggregated, ?" },
    },
    {
      name: "a union of different widths",
      sql: "SELECT a FROM t UNION ALL SELECT x, y FROM u",
      columns: { a: "?" },
      rows: "?",
    },
    {
      name: "an alias is no column for its neighbours",
      sql: "SELECT a AS fresh, fresh + 1 AS r FROM t",
      columns: { fresh: "t.a copied", r: "?" },
    },
    {
      name: "nor for WHERE",
      sql: "SELECT a AS fresh FROM t WHERE fresh = 1",
      columns: { fresh: "t.a copied" },
      rows: "?",
    },
  ],
};
