import type { Adapter, Connection, Grants } from "../adapters/index.js";
import { SlaError } from "../errors/index.js";
import type { RunNode } from "./build-plan.js";
import { relationsOf } from "./ledger-nodes.js";

/** The grants in the config of nodes, for each relation that they stand in. */
export function grantsOf(nodes: readonly RunNode[]): Grants[] {
  return nodes.flatMap((node) => {
    const { grants: privileges } = node.config;
    if (node.resource_type === "test" || privileges === undefined) return [];
    return relationsOf(node).map((relation) => ({ relation, privileges }));
  });
}

/**
 * Grants and revokes on what has been published; throws the error of the first that fails. Not a step of the publish: that a user is
 * missing must not hold up later runs.
 */
export async function applyGrants(
  grants: readonly Grants[],
  adapter: Adapter,
  connection: Connection,
): Promise<void> {
  if (grants.length === 0) return;
  for (const statement of await adapter.introspector.grantStatements(grants)) {
    try {
      await connection.execute(statement);
    } catch (error) {
      if (!(error instanceof SlaError)) throw error;
      const [, kind, relation] = /^\w+ ([A-Z ]+) ON (\S+)/.exec(statement) ?? [];
      throw new SlaError({
        code: error.code,
        message: `all is published, but this grant is not made: ${statement}: ${error.message}`,
        hint:
          error.code === "SLA404"
            ? `Ask an administrator for: GRANT ${kind} ON ${relation?.split(".")[0]}.* TO <the target's user> WITH GRANT OPTION;`
            : "Does the grantee exist? sla creates neither users nor roles.",
        cause: error,
      });
    }
  }
}
