import { expect, test } from "vitest";
import { withBackticks } from "../../src/commands/from-dbt/rewritten.js";
import { withCasts } from "../../src/commands/from-dbt/sql-casts.js";

test.each([
  ["a::int", "CAST(a AS SIGNED)"],
  ["t.a::numeric(10, 2) + 1", "CAST(t.a AS DECIMAL(10, 2)) + 1"],
  ["sum(a + (b))::text as x", "CAST(sum(a + (b)) AS CHAR) as x"],
  ["a::date::text", "CAST(CAST(a AS DATE) AS CHAR)"],
  ["x in (1, 2)", "x in (1, 2)"],
  ["case when (a)::int > 1 then 'a::int' end", "case when CAST((a) AS SIGNED) > 1 then 'a::int' end"],
  ['{{ref "a"}}, {{x}}::timestamp without time zone', '{{ref "a"}}, CAST({{x}} AS DATETIME(6))'],
  ["'2026-01-01'::date -- b::int", "CAST('2026-01-01' AS DATE) -- b::int"],
  // No counterpart: it stays, and the check of the SQL says where.
  ["a::boolean, b::jsonb, c::int[]", "a::boolean, b::jsonb, c::int[]"],
])("%s", (given, made) => {
  expect(withCasts(given)).toBe(made);
});

test("names in double quotes, and nothing else in them", () => {
  expect(withBackticks(`select "Total ""x""" as a, 'say "b"', {{ref "c"}} -- "d"`)).toBe(
    `select \`Total "x"\` as a, 'say "b"', {{ref "c"}} -- "d"`,
  );
});
