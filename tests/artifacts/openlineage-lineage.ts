import { expect } from "vitest";
import type { RunEvent } from "../../src/artifacts/openlineage/index.js";
import { parseManifest } from "../../src/compile/index.js";
import { projectLineage } from "../../src/lineage/index.js";
import { type ColumnInput, type Manifest, ownTables, type RelationalNode } from "../../src/manifest/index.js";
import { loadProject } from "../../src/project/index.js";

/** `table.column` of the relation that a column of a node stands in. */
function place(manifest: Manifest, id: string, column: string): string {
  const node = (manifest.nodes[id] ?? manifest.sources[id]) as RelationalNode;
  const tables = ownTables(node);
  const table = tables.find(({ name }) => tables.length === 1 || column.startsWith(`${name}.`));
  if (table === undefined) return `${node.schema}.${node.alias}.${column}`;
  return `${table.schema}.${table.alias}.${tables.length === 1 ? column : column.slice(table.name.length + 1)}`;
}

/**
 * Holds the columnLineage of all events to what `sla lineage` tells of the same project: column by column, input by input, way by way.
 * `apart` are nodes that read ephemeral models, which are no datasets.
 */
export async function expectLineage(
  events: readonly RunEvent[],
  projectDir: string,
  apart: readonly string[] = [],
  env: Record<string, string> = {},
  target?: string,
): Promise<{ compared: number }> {
  const project = await loadProject({ projectDir, env, ...(target !== undefined && { target }) });
  const { manifest } = await parseManifest(project);
  const { nodes } = await projectLineage(project, manifest, { runStartedAt: new Date() });
  let compared = 0;
  for (const { job, outputs, eventType } of events) {
    const id = String(job.facets.dbt_node?.unique_id);
    const lineage = nodes[id];
    if (eventType !== "COMPLETE" || lineage === undefined || apart.includes(id.split(".").at(-1)!)) continue;
    const told = (inputs: readonly ColumnInput[]) =>
      inputs.map((input) => `${place(manifest, input.node, input.column)} ${input.type} ${input.subtype}`);
    const expected = {
      columns: Object.fromEntries(
        lineage.columns.map(({ name, inputs }) => [place(manifest, id, name), told(inputs).sort()]),
      ),
      rows: told(lineage.rows).sort(),
    };
    const columns: Record<string, string[]> = {};
    const rows: string[] = [];
    for (const { name, facets } of outputs) {
      const facet = facets?.columnLineage as unknown as Facet | undefined;
      if (facet === undefined) continue;
      const table = shortened(name);
      for (const [column, { inputFields }] of Object.entries(facet.fields))
        columns[`${table}.${column}`] = inputFields.flatMap(ways).sort();
      rows.push(...facet.dataset.flatMap(ways));
    }
    if (lineage.basis === "origin") {
      expect(columns).toEqual({});
      continue;
    }
    expect({ node: id, columns, rows: [...new Set(rows)].sort() }).toEqual({ node: id, ...expected });
    compared += Object.keys(columns).length;
  }
  return { compared };
}

interface Field {
  name: string;
  field: string;
  transformations: { type: string; subtype: string }[];
}

interface Facet {
  fields: Record<string, { inputFields: Field[] }>;
  dataset: Field[];
}

/** `schema.table`: DuckDB's datasets have the name of the file before it. */
const shortened = (name: string): string => name.split(".").slice(-2).join(".");

function ways({ name, field, transformations }: Field): string[] {
  return transformations.map(({ type, subtype }) => `${shortened(name)}.${field} ${type} ${subtype}`);
}
