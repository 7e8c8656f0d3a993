import type { NodeConfig, TestStatus } from "../manifest/index.js";

/** The three columns of the query that decides a test. */
export interface Decision {
  failures: string;
  warn: string;
  error: string;
}

/** What the query of a test says. */
export interface TestCounts {
  failures: number;
  shouldWarn: boolean;
  shouldError: boolean;
}

const PERCENT = /^\s*(<=|>=|<>|!=|=|<|>)\s*(\d+(?:\.\d+)?)\s*%\s*$/;

/** Whether a condition is on the share of failures among the tested rows: `> 1%`. */
export function isShare(condition: string): boolean {
  return PERCENT.test(condition);
}

/** Whether a test must know how many rows it tests. */
export function needsTotal({ warn_if, error_if }: Pick<NodeConfig, "warn_if" | "error_if">): boolean {
  return isShare(warn_if) || isShare(error_if);
}

/** What is counted, and the conditions on it; `total` is SQL for the number of tested rows. */
export function decision(
  { warn_if, error_if }: Pick<NodeConfig, "warn_if" | "error_if">,
  failures: string,
  total: string,
): Decision {
  return {
    failures,
    warn: condition(warn_if, failures, total),
    error: condition(error_if, failures, total),
  };
}

function condition(text: string, failures: string, total: string): string {
  const share = PERCENT.exec(text);
  return share === null ? `${failures} ${text}` : `${failures} * 100 ${share[1]} ${share[2]} * ${total}`;
}

/** dbt's rule: severity error fails on `error_if`, else warns on `warn_if`; severity warn never looks at `error_if`. */
export function outcome(severity: "error" | "warn", shouldWarn: boolean, shouldError: boolean): TestStatus {
  if (severity === "error" && shouldError) return "fail";
  return shouldWarn ? "warn" : "pass";
}
