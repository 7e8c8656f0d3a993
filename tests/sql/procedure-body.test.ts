import { describe, expect, it } from "vitest";
import type { SlaError } from "../../src/errors/index.js";
import { readBody } from "../../src/sql/procedure-body.js";
import { substitute } from "../../src/sql/procedure-locals.js";
import { statementStarts, writtenNames } from "../../src/sql/procedure-marks.js";

const refused = (body: string): string[] => {
  try {
    readBody(body);
  } catch (error) {
    const { code, message, location } = error as SlaError;
    return [code, message, `${location!.line}:${location!.column}`];
  }
  return [];
};

describe("the statements of a body", () => {
  it("are those between BEGIN and END, or one alone", () => {
    const kinds = (body: string) => readBody(body).map(({ kind }) => kind);
    expect(
      kinds(
        "work: BEGIN DECLARE a, b INT DEFAULT 1; START TRANSACTION; SET a = 2, b = (SELECT 1); DELETE FROM t WHERE c = ';'; INSERT t VALUES (1, 'x'), (2, f(3, 4)); INSERT INTO t (c) SELECT 1; UPDATE t AS x SET c = 1, d = c2 WHERE x.c > 0; TRUNCATE TABLE t; COMMIT; END work",
      ),
    ).toEqual([
      "declare",
      "transaction",
      "set",
      "delete",
      "values",
      "insert",
      "update",
      "delete",
      "transaction",
    ]);
    expect(kinds("DELETE FROM t")).toEqual(["delete"]);
  });

  it.each([
    ["BEGIN\n  IF a > 1 THEN DELETE FROM t; END IF;\nEND", "IF in a procedure is not portable", "2:3"],
    ["BEGIN\n  WHILE 1 DO DELETE FROM t; END WHILE; END", "WHILE in a procedure is not portable", "2:3"],
    ["BEGIN lp: LOOP LEAVE lp; END LOOP; END", "LOOP in a procedure is not portable", "1:11"],
    ["BEGIN DECLARE c CURSOR FOR SELECT 1; END", "DECLARE … CURSOR in a procedure is not portable", "1:17"],
    ["BEGIN SELECT a INTO b FROM t; END", "SELECT in a procedure is not portable", "1:7"],
    ["BEGIN SIGNAL SQLSTATE '45000'; END", "SIGNAL in a procedure is not portable", "1:7"],
    ["BEGIN ROLLBACK; END", "ROLLBACK in a procedure is not portable", "1:7"],
    ["BEGIN SET @a = 1; END", "SET @ in a procedure is not portable", "1:11"],
    ["BEGIN DELETE FROM t LIMIT 1; END", "LIMIT in a procedure is not portable", "1:21"],
    [
      "BEGIN INSERT INTO t SELECT 1 ON DUPLICATE KEY UPDATE a = 1; END",
      "ON DUPLICATE KEY UPDATE in a procedure is not portable",
      "1:33",
    ],
    [
      "BEGIN UPDATE t SET a = 1, b = a + 1; END",
      "a, which the same UPDATE has set before, in a procedure is not portable",
      "1:31",
    ],
    ["BEGIN INSERT IGNORE INTO t SELECT 1; END", "INTO in a procedure is not portable", "1:21"],
  ])("are refused where not every engine runs them: %s", (body, message, place) => {
    expect(refused(body)).toEqual(["SLA303", message, place]);
  });
});

describe("parameters and variables", () => {
  const values = new Map([["least", "5"]]);
  const text = (sql: string) => substitute(sql, { start: 0, end: sql.length }, values).text;

  it("become values where MySQL reads them, and nowhere else", () => {
    expect(
      text("SELECT least, LEAST(a, b), t.least, 'least', `least` AS least FROM t WHERE n >= least -- least"),
    ).toBe("SELECT 5, LEAST(a, b), t.least, 'least', 5 AS least FROM t WHERE n >= 5 -- least");
  });

  it("are refused where they would be taken for an alias", () => {
    expect(() => text("SELECT COUNT(*) least FROM t")).toThrow("stands where a name is given");
  });

  it("keep the places of what stands around them", () => {
    const sql = "SELECT least + wrong";
    const { text: made, offset } = substitute(
      sql,
      { start: 0, end: sql.length },
      new Map([["least", "(-12345)"]]),
    );
    expect(offset(made.indexOf("wrong"))).toBe(sql.indexOf("wrong"));
    expect(offset(made.indexOf("12345"))).toBe(sql.indexOf("least"));
  });
});

it("statements can be marked where they start, but not among declarations, in handlers, or where the body asks about the last one", () => {
  const at = (body: string) => statementStarts(body).map((start) => body.slice(start).split(/[ ;]/)[0]);
  expect(
    at(
      "BEGIN DECLARE a INT; DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END; DELETE FROM t; IF a = CASE WHEN 1 THEN 2 END THEN UPDATE t SET a = 1; INSERT INTO t VALUES (1); ELSE SET a = 1; END IF; COMMIT; END",
    ),
  ).toEqual(["DELETE", "IF", "UPDATE", "INSERT", "SET", "COMMIT"]);
  expect(
    at(
      "BEGIN lp: WHILE n < 3 DO DELETE FROM a; IF EXISTS (SELECT 1) THEN LEAVE lp; END IF; END WHILE; other: LOOP INSERT INTO b VALUES (1); END LOOP; REPEAT SET c = REPEAT('x', 2), d = CASE WHEN 1 THEN n ELSE m END; UNTIL CASE n WHEN 1 THEN x ELSE y END END REPEAT; CASE n WHEN 1 THEN UPDATE d SET a = 1; ELSE TRUNCATE e; END CASE; COMMIT; END",
    ),
  ).toEqual("lp: DELETE IF LEAVE other: INSERT REPEAT SET CASE UPDATE TRUNCATE COMMIT".split(" "));
  expect(at("BEGIN DELETE FROM t; SET a = ROW_COUNT(); END")).toEqual([]);
});

it("the tables that a body writes are found, and no others", () => {
  const names = (body: string) => writtenNames(body).map(({ parts }) => parts.join("."));
  expect(
    names(
      "DELETE FROM `s`.`a`; INSERT IGNORE INTO s.b SELECT REPLACE(x, 'a', 'b') FROM c FOR UPDATE; REPLACE INTO d VALUES (1) ; INSERT INTO e VALUES (1) ON DUPLICATE KEY UPDATE x = 1; TRUNCATE TABLE f; UPDATE g SET a = INSERT('a', 1, 1, 'b')",
    ),
  ).toEqual(["s.a", "s.b", "d", "e", "f", "g"]);
});
