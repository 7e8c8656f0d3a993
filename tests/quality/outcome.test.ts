import { describe, expect, it } from "vitest";
import { outcome } from "../../src/quality/index.js";

describe("outcome of a data test (dbt's rule)", () => {
  const cases: [severity: "error" | "warn", shouldWarn: boolean, shouldError: boolean, expected: string][] = [
    ["error", false, false, "pass"],
    ["error", true, true, "fail"],
    ["error", false, true, "fail"],
    ["error", true, false, "warn"],
    ["warn", false, false, "pass"],
    ["warn", true, true, "warn"],
    ["warn", true, false, "warn"],
    ["warn", false, true, "pass"],
  ];
  it.each(cases)("severity %s, should_warn %s, should_error %s: %s", (severity, warn, error, expected) => {
    expect(outcome(severity, warn, error)).toBe(expected);
  });
});
