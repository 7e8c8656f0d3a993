import { describe, expect, test } from "vitest";
import { FUNCTIONS, REFUSED_FUNCTIONS } from "../../src/sql/functions/index.js";
import { DATE_CASES } from "../parity/cases/dates.js";
import { HELD_OUT_CASES } from "../parity/cases/held-out.js";
import { NUMBER_CASES } from "../parity/cases/numbers.js";
import { QUERY_CASES } from "../parity/cases/queries.js";
import { TEXT_CASES } from "../parity/cases/text.js";

const queries = [DATE_CASES, TEXT_CASES, NUMBER_CASES, QUERY_CASES, HELD_OUT_CASES].flatMap((cases) =>
  Object.values(cases),
);

describe("the allow-list", () => {
  test.each(Object.keys(FUNCTIONS))("%s is proven by a query that runs on all engines", (name) => {
    expect(queries.some((sql) => new RegExp(`\\b${name}\\(`).test(sql))).toBe(true);
  });

  test("no function is both allowed and refused", () => {
    expect(Object.keys(REFUSED_FUNCTIONS).filter((name) => name in FUNCTIONS)).toEqual([]);
  });

  test("every refusal says why and what to write instead", () => {
    for (const { message, hint } of Object.values(REFUSED_FUNCTIONS)) {
      expect(message.length).toBeGreaterThan(10);
      expect(hint).toMatch(/^[A-Z].*\.$/);
    }
  });
});
