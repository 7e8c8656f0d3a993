import type { Value } from "../adapters/index.js";
import type { TestCounts } from "./test-decision.js";

/** Reads the row that decides a test; booleans come as 0 and 1, too. */
export function counted(row: Readonly<Record<string, Value>> | undefined, suffix = ""): TestCounts {
  return {
    failures: Number(row?.[`failures${suffix}`] ?? 0),
    shouldWarn: truth(row?.[`should_warn${suffix}`]),
    shouldError: truth(row?.[`should_error${suffix}`]),
  };
}

function truth(value: Value | undefined): boolean {
  return value === true || value === 1 || value === 1n || value === "1" || value === "true";
}
