import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { csvText } from "../../../src/run/csv-export.js";

test("rows are CSV by RFC 4180", async () => {
  const rows = [
    { a: 1, b: 'say "hi"', c: null, d: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)), e: true },
    { a: 2.5, b: "one,\ntwo", c: "", d: undefined, e: false },
  ];
  const text = await csvText(rows);
  expect(text).toBe('a,b,c,d,e\r\n1,"say ""hi""",,2026-01-02 03:04:05,1\r\n2.5,"one,\ntwo","",,0\r\n');
  expect(parse(text, { columns: true })).toHaveLength(2);
});

test("a text is never a formula; a number stays one", async () => {
  const texts = ["=1+1", "+1", "-cmd", "@x", "\tx", "a=b", "Zürich"];
  const lines = (await csvText(texts.map((text) => ({ text })))).trim().split("\r\n").slice(1);
  expect(lines).toEqual(["'=1+1", "'+1", "'-cmd", "'@x", "'\tx", "a=b", "Zürich"]);
  expect(await csvText([{ n: -5 }])).toBe("n\r\n-5\r\n");
});

test("a table keeps its order and its filter, and its heading when it has no rows", async () => {
  const { table } = await import("arquero");
  const made = table({ n: [3, 1, 2], s: ["c", "a", "b"] });
  expect(await csvText(made.filter("(d) => d.n > 1").orderby("n"))).toBe("n,s\r\n2,b\r\n3,c\r\n");
  expect(await csvText(made.filter("(d) => d.n > 9"))).toBe("n,s\r\n");
  expect(await csvText([])).toBe("");
});

test("rows that come one by one are the same", async () => {
  async function* rows() {
    yield { n: 1 };
    yield { n: 2 };
  }
  expect(await csvText(rows())).toBe("n\r\n1\r\n2\r\n");
});
