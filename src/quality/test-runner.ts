import type { Value } from "../adapters/index.js";
import type { TestNode, TestStatus } from "../manifest/index.js";
import { inSource, type NodeRunner } from "../run/index.js";
import { testQuery } from "./test-query.js";

/** Runs a data test: its query counts the failures and says itself whether they are too many. */
export const runTest: NodeRunner = async (node, context, connection) => {
  const test = node as TestNode;
  const compiled = test.test_type === "singular" ? context.compiler.compile(test) : null;
  let query: string | null = null;
  try {
    const written = await testQuery(test, context, context.adapter);
    query = written.query;
    context.keep(test, written.select, query);
    const [row] = await connection.query(query);
    const failures = Number(row?.failures ?? 0);
    const counted = `${failures} result${failures === 1 ? "" : "s"}`;
    const status = outcome(test.config.severity, truth(row?.should_warn), truth(row?.should_error));
    const limit = status === "warn" ? test.config.warn_if : test.config.error_if;
    return {
      status,
      message: status === "pass" ? null : `Got ${counted}, configured to ${status} if ${limit}`,
      failures: status === "pass" ? 0 : failures,
      rowsAffected: null,
      compiledCode: written.select,
      publication: null,
    };
  } catch (error) {
    throw compiled === null ? error : inSource(error, compiled, query, test.original_file_path);
  }
};

/** dbt's rule: severity error fails on `error_if`, else warns on `warn_if`; severity warn never looks at `error_if`. */
export function outcome(severity: "error" | "warn", shouldWarn: boolean, shouldError: boolean): TestStatus {
  if (severity === "error" && shouldError) return "fail";
  return shouldWarn ? "warn" : "pass";
}

function truth(value: Value | undefined): boolean {
  return value === true || value === 1 || value === 1n || value === "1" || value === "true";
}
