import { expect, test } from "vitest";
import { excerpt, positionAt } from "../../src/errors/index.js";

const text = "SELECT a,\n\tb FROM t\n";

test.each([
  { what: "a word", at: [1, 8, 1], shows: "1 | SELECT a,\n  |        ^" },
  { what: "a tab counts as one column", at: [2, 4, 4], shows: "2 |  b FROM t\n  |    ^^^^" },
  { what: "the end of a line", at: [1, 10, 5], shows: "1 | SELECT a,\n  |          ^" },
  { what: "a line without a column", at: [1], shows: "1 | SELECT a," },
  { what: "no caret for a column that the line does not have", at: [1, 235], shows: "1 | SELECT a," },
] as const)("shows $what", ({ at: [line, column, length], shows }) => {
  expect(excerpt(text, line, column, length)).toBe(shows);
});

test("a line that does not exist has no excerpt", () => {
  expect(excerpt(text, 9, 1)).toBeUndefined();
});

test("an offset has a line and a column, both from 1", () => {
  expect([0, 9, 10, 11].map((offset) => positionAt(text, offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 10 },
    { line: 2, column: 1 },
    { line: 2, column: 2 },
  ]);
});
