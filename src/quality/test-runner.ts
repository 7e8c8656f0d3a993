import type { Connection, Value } from "../adapters/index.js";
import type { TestNode } from "../manifest/index.js";
import { inSource, type NodeOutcome, type NodeRunner, type RunContext } from "../run/index.js";
import { storeFailures } from "./stored-failures.js";
import { outcome } from "./test-decision.js";
import { engineSelect, type TestSelect, testQuery, testSelect } from "./test-query.js";

/** Runs a data test: its query counts the failures and says itself whether they are too many. */
export const runTest: NodeRunner = async (node, context, connection) =>
  runAlone(node as TestNode, context, connection);

async function runAlone(test: TestNode, context: RunContext, connection: Connection): Promise<NodeOutcome> {
  let written: TestSelect | null = null;
  let query: string | null = null;
  try {
    written = testSelect(test, context);
    const select = await engineSelect(test, written, context, context.adapter);
    query = await testQuery(test, select, context, context.adapter);
    context.keep(test, written.select, query);
    const stored = test.stored === null ? null : await storeFailures(test, select, context, connection);
    const [row] = await connection.query(
      stored === null ? query : await testQuery(test, stored, context, context.adapter),
    );
    return testOutcome(test, counted(row), written.select);
  } catch (error) {
    const compiled = written?.compiled ?? null;
    throw compiled === null ? error : inSource(error, compiled, query, test.original_file_path);
  }
}

/** What the query of a test says. */
export interface TestCounts {
  failures: number;
  shouldWarn: boolean;
  shouldError: boolean;
}

/** Reads the row that decides a test; booleans come as 0 and 1, too. */
export function counted(row: Readonly<Record<string, Value>> | undefined, suffix = ""): TestCounts {
  return {
    failures: Number(row?.[`failures${suffix}`] ?? 0),
    shouldWarn: truth(row?.[`should_warn${suffix}`]),
    shouldError: truth(row?.[`should_error${suffix}`]),
  };
}

/** The result of a test in dbt's words. */
export function testOutcome(test: TestNode, counts: TestCounts, compiledCode: string): NodeOutcome {
  const { failures, shouldWarn, shouldError } = counts;
  const status = outcome(test.config.severity, shouldWarn, shouldError);
  const limit = status === "warn" ? test.config.warn_if : test.config.error_if;
  const found = `${failures} result${failures === 1 ? "" : "s"}`;
  return {
    status,
    message: status === "pass" ? null : `Got ${found}, configured to ${status} if ${limit}`,
    failures: status === "pass" ? 0 : failures,
    rowsAffected: null,
    compiledCode,
    publication: null,
  };
}

function truth(value: Value | undefined): boolean {
  return value === true || value === 1 || value === 1n || value === "1" || value === "true";
}
