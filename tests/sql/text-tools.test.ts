import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DUCKDB_SETTINGS, duckdbMacros, duckdbMacroVersion } from "../../src/sql/index.js";
import { tokenize } from "../../src/sql/lexer.js";
import { outputNames } from "../../src/sql/output-names.js";
import { SourceMap } from "../../src/sql/source-map.js";
import { decodeString, encodeString } from "../../src/sql/string-literal.js";

describe("tokens", () => {
  const kinds = (sql: string): string[] => tokenize(sql).tokens.map(({ type, text }) => `${type} ${text}`);

  test("words, names, strings, numbers, operators", () => {
    expect(kinds("a.`b``c` = 'it''s \\' x' AND 1.5e-3<=>.5")).toEqual([
      "word a",
      "operator .",
      "name `b``c`",
      "operator =",
      "string 'it''s \\' x'",
      "word AND",
      "number 1.5e-3",
      "operator <=>",
      "number .5",
    ]);
  });

  test("-- is a comment only before a blank", () => {
    expect(kinds("1--1 -- 2\n3")).toEqual([
      "number 1",
      "operator -",
      "operator -",
      "number 1",
      "comment -- 2",
      "number 3",
    ]);
  });

  test("hints and version comments are not comments", () => {
    expect(kinds("/* a */ /*! b */ /*+ c */")).toEqual(["comment /* a */", "hint /*! b */", "hint /*+ c */"]);
  });

  test("words may hold letters of any script, digits and $", () => {
    expect(kinds("größe 2nd a$b")).toEqual(["word größe", "word 2nd", "word a$b"]);
  });

  test("what is not closed is an error at its start", () => {
    expect(tokenize("SELECT 'a").error).toMatchObject({ start: 7 });
    expect(tokenize("SELECT `a").error).toMatchObject({ start: 7 });
    expect(tokenize("SELECT /* a").error).toMatchObject({ start: 7 });
  });
});

describe("string literals", () => {
  test.each([
    ["'it''s'", "it's"],
    ["'it\\'s'", "it's"],
    ["'\\\\''\\n'", "\\'\n"],
    ["'50\\%'", "50\\%"],
    ["'a\\_b\\q'", "a\\_bq"],
    ["''", ""],
    ["''''", "'"],
  ])("%s", (literal, value) => {
    expect(decodeString(literal)).toBe(value);
    expect(decodeString(encodeString(value))).toBe(value);
  });
});

test("the source map counts in code points and answers in UTF-16", () => {
  const source = "'😀' + FOO(1)";
  const map = new SourceMap(source);
  map.copy(0, 7);
  map.replace("sla__0", 7);
  map.copy(10, source.length);
  expect(map.text).toBe("'😀' + sla__0(1)");
  expect([0, 4, 6, 9, 12, 13].map((offset) => map.sourceOffset(offset))).toEqual([0, 5, 7, 7, 10, 11]);
});

test.each([
  ["SELECT a, COUNT( * ), 'x', b AS c FROM t", ["a", "COUNT( * )", "x", "b AS c"]],
  ["WITH q AS (SELECT 1, 2) SELECT DISTINCT IF(a, 1, 2) FROM q", ["IF(a, 1, 2)"]],
  ["SELECT (SELECT 1 FROM t) + 1", ["(SELECT 1 FROM t) + 1"]],
  ["SELECT 1 UNION SELECT 2, 3", ["1"]],
  ["(SELECT 1)", []],
])("names of the columns of %s", (sql, names) => {
  expect(outputNames(tokenize(sql).tokens, sql)).toEqual(names);
});

test("macros replace those of an earlier version, and their version says when they change", () => {
  const macros = duckdbMacros();
  expect(macros.every((macro) => macro.startsWith("CREATE OR REPLACE MACRO sla_"))).toBe(true);
  expect(duckdbMacroVersion()).toMatch(/^[0-9a-f]{16}$/);
  expect(duckdbMacroVersion()).toBe(duckdbMacroVersion());
});

test("macros ask for types with typeof: typed overloads are chosen before aggregates have a type", () => {
  for (const macro of duckdbMacros()) {
    const parameters = /MACRO \w+\(([^)]*)\)/.exec(macro)![1]!;
    expect(parameters).not.toMatch(/[A-Z]/);
  }
});

test("the settings that MySQL's meaning rests on", () => {
  expect(DUCKDB_SETTINGS).toMatchObject({
    TimeZone: "UTC",
    default_collation: "NOCASE.ICU_NOACCENT",
    default_null_order: "NULLS_FIRST_ON_ASC_LAST_ON_DESC",
    ieee_floating_point_ops: "false",
    autoload_known_extensions: "false",
  });
});

test("the parser is imported in one file, lazily, and the floor's index imports none of what needs it", () => {
  const folder = join(import.meta.dirname, "..", "..", "src", "sql");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const importers = files.filter((file) =>
    readFileSync(join(folder, file), "utf8").includes("@polyglot-sql/sdk"),
  );
  expect(importers).toEqual(["polyglot.ts"]);
  expect(readFileSync(join(folder, "polyglot.ts"), "utf8")).toMatch(/await import\("@polyglot-sql\/sdk"\)/);
  const index = readFileSync(join(folder, "index.ts"), "utf8");
  expect(index.match(/^(?:import|export) (?!type ).* from ".*"/gm)).toEqual([
    'export { duckdbMacros, duckdbMacroVersion } from "./macros/index.js"',
    'export { DUCKDB_SETTINGS } from "./settings.js"',
  ]);
});
