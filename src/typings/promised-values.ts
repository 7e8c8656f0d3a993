import type { Manifest, TestNode } from "../manifest/index.js";

/** The columns of each node that a test keeps free of NULL: what fails it is not published. */
export function testedNotNull(manifest: Manifest): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const node of Object.values(manifest.nodes)) {
    if (node.resource_type !== "test" || !holds(node)) continue;
    const [tested] = node.depends_on.nodes;
    if (tested === undefined) continue;
    const columns = found.get(tested) ?? new Set();
    found.set(tested, columns.add(node.column_name!.toLowerCase()));
  }
  return found;
}

/** Only a test of all rows that lets no failure pass says something of every value. */
function holds({ test_metadata: test, column_name: column, config }: TestNode): boolean {
  return (
    test?.name === "not_null" &&
    test.namespace === null &&
    column !== null &&
    config.where === null &&
    config.limit === null &&
    config.severity === "error" &&
    config.error_if === "!= 0"
  );
}
