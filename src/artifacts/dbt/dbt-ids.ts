import { type GraphNode, type Manifest, modelId, type ProcedureNode } from "../../manifest/index.js";

/**
 * By which ids dbt's readers know our nodes. They are the same but for procedures, which dbt has not: there each table that a
 * procedure fills is a model, and the routine a macro.
 */
export class DbtIds {
  readonly #manifest: Manifest;
  readonly #tables = new Map<string, string[]>();

  constructor(manifest: Manifest) {
    this.#manifest = manifest;
    for (const node of [...Object.values(manifest.nodes), ...Object.values(manifest.disabled)])
      if (node.resource_type === "procedure")
        this.#tables.set(
          node.unique_id,
          node.tables.map(({ name }) => modelId(node.package_name, name)),
        );
  }

  /** The ids of a node: of a procedure those of its tables. */
  of(id: string): readonly string[] {
    return this.#tables.get(id) ?? [id];
  }

  /** What a node depends on; of a procedure it is those tables that the node names. */
  dependencies(node: GraphNode): string[] {
    const found = new Set<string>();
    for (const id of node.depends_on.nodes) {
      const tables = this.#tables.get(id);
      if (tables === undefined) found.add(id);
      else for (const table of named(tables, node)) found.add(table);
    }
    return [...found];
  }

  /** The node under test. */
  tested(id: string, refs: readonly { name: string }[]): string {
    const tables = this.#tables.get(id);
    if (tables === undefined) return id;
    return tables.find((table) => table.endsWith(`.${refs[0]?.name}`)) ?? tables[0]!;
  }

  /** The macro that stands for a procedure: of its name, unless a macro has that already. */
  routine(node: ProcedureNode): string {
    const id = `macro.${node.package_name}.${node.name}`;
    return this.#manifest.macros[id] === undefined ? id : `${id}_procedure`;
  }
}

function named(tables: readonly string[], node: GraphNode): readonly string[] {
  if (!("refs" in node)) return tables;
  const own = tables.filter((table) => node.refs.some(({ name }) => table.endsWith(`.${name}`)));
  // A macro may name the table for the node: then any of them may be meant.
  return own.length > 0 ? own : tables;
}
