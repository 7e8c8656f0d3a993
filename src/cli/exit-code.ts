import type { RunResult } from "../manifest/index.js";

/** dbt's exit codes: 1 if any node ended in error, failure or was skipped, else 0. Warnings are successes. */
export function exitCodeOfResults(results: readonly RunResult[]): 0 | 1 {
  return results.some(({ status }) => status === "error" || status === "fail" || status === "skipped")
    ? 1
    : 0;
}

/** What is thrown happened before there were results: dbt's 2. */
export function exitCodeOf(_thrown: unknown): 2 {
  return 2;
}
