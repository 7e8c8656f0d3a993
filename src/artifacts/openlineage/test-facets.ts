import type { RunResult, TestNode } from "../../manifest/index.js";
import { type Facet, facet } from "./facet.js";

/** What was tested, and what came out: for the run of a test. */
export function testFacet(node: TestNode, result: RunResult, sql: string | null): Facet {
  return facet("test", {
    tests: [
      {
        name: node.name,
        status: result.status === "pass" ? "pass" : result.status === "skipped" ? "skip" : "fail",
        severity: severityOf(node, result),
        type: kindOf(node),
        ...(node.description !== "" && { description: node.description }),
        ...expectation(node, result),
        ...(sql !== null && { content: sql, contentType: "sql" }),
      },
    ],
  });
}

/** The same for the dataset that it was tested on. */
export function assertionFacet(node: TestNode, result: RunResult): Facet {
  return facet("dataQualityAssertions", {
    assertions: [
      {
        assertion: kindOf(node),
        success: result.status === "pass",
        ...(node.column_name !== null && { column: node.column_name }),
        severity: severityOf(node, result),
        name: node.name,
        ...(node.description !== "" && { description: node.description }),
        ...expectation(node, result),
      },
    ],
  });
}

function kindOf(node: TestNode): string {
  if (node.test_metadata === null) return node.test_type === "unit" ? "unit_test" : "custom_sql";
  const { namespace, name } = node.test_metadata;
  return namespace === null ? name : `${namespace}.${name}`;
}

function severityOf(node: TestNode, { status }: RunResult): string {
  return status === "warn" ? "warn" : node.config.severity;
}

/** How many failures there may be, and how many there are. */
function expectation({ config }: TestNode, { failures }: RunResult): { expected: string; actual?: string } {
  const bad = config.severity === "warn" ? config.warn_if : config.error_if;
  return { expected: `not: failures ${bad}`, ...(failures !== null && { actual: String(failures) }) };
}
