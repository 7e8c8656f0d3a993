import type { Connection } from "../adapters/index.js";
import type { TestNode } from "../manifest/index.js";
import { inSource, type NodeOutcome, type NodeRunner, type RunContext } from "../run/index.js";
import { provenByKey } from "./proven-by-key.js";
import { sharedCounts } from "./shared-scan.js";
import { storeFailures } from "./stored-failures.js";
import { outcome, type TestCounts } from "./test-decision.js";
import { engineSelect, type TestSelect, testQuery, testSelect } from "./test-query.js";
import { counted } from "./test-row.js";
import { runUnitTest } from "./unit-test-runner.js";

/** Runs a test. A data test's query counts the failures and says itself whether they are too many. */
export const runTest: NodeRunner = (node, context, connection) => {
  const test = node as TestNode;
  return test.test_type === "unit"
    ? runUnitTest(test, context, connection)
    : runDataTest(test, context, connection);
};

async function runDataTest(
  test: TestNode,
  context: RunContext,
  connection: Connection,
): Promise<NodeOutcome> {
  let written: TestSelect | null = null;
  let query: string | null = null;
  try {
    written = testSelect(test, context);
    const known = provenByKey(test, context) ?? (await sharedCounts(test, context, connection));
    if (known !== undefined) {
      context.keep(test, written.select, null);
      return testOutcome(test, known, written.select);
    }
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
