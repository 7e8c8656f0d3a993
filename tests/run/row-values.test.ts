import { describe, expect, test } from "vitest";
import { parseColumnType, type TypedColumn } from "../../src/manifest/index.js";
import { toValues } from "../../src/run/row-values.js";

const columns = ["id bigint", "at datetime", "note text"].map((text): TypedColumn => {
  const [name, type] = text.split(" ");
  return { name: name!, type: parseColumnType(type!)!, nullable: true, description: "" };
});
const owner = { name: "orders", path: "seeds/shop.ts", node: "seed.shop.shop" };
const at = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6));

test("arrays of values pass through as they are", () => {
  const rows = [
    [1, "2026-01-02", null],
    [2n, null, "x"],
  ];
  expect(toValues(rows, columns, owner)).toBe(rows);
});

describe.each([
  {
    form: "arrays",
    rows: [
      [1, at, undefined],
      [2, null, { a: [1] }],
    ],
  },
  {
    form: "objects",
    rows: [
      { id: 1, at },
      { note: { a: [1] }, at: null, id: 2 },
    ],
  },
])("rows as $form", ({ rows }) => {
  test("dates become UTC text, what is missing NULL, objects their JSON", () => {
    expect(toValues(rows, columns, owner)).toEqual([
      [1, "2026-01-02 03:04:05.006", null],
      [2, null, '{"a":[1]}'],
    ]);
  });
});

test.each([
  { rows: [[Number.NaN, null, null]], says: 'has NaN for "id"' },
  { rows: [{ id: Number.POSITIVE_INFINITY }], says: 'has Infinity for "id"' },
  { rows: [[1, null]], says: "is an array of 2 values" },
  { rows: [{ id: 1, total: 2 }], says: 'has a value for "total"' },
])("a row that $says is refused", ({ rows, says }) => {
  expect(() => toValues(rows, columns, owner)).toThrow(says);
});
