import {
  type Column,
  type ExposureNode,
  formatColumnType,
  type Manifest,
  type Node,
  ownTables,
  type TypedColumn,
} from "../../manifest/index.js";
import type { DatasetName } from "./event.js";
import { type Facet, type Facets, facet, present } from "./facet.js";
import type { OwnedRelation } from "./relations.js";

/** What the warehouse says of a relation. */
export interface FoundRelation {
  type: "table" | "view";
  columns: readonly TypedColumn[];
}

/** What a dataset is, whoever reads or writes it. */
export function datasetFacets(
  owned: OwnedRelation,
  dataset: DatasetName,
  found: FoundRelation | undefined,
  manifest: Manifest,
): Facets {
  const node = (manifest.nodes[owned.node] ?? manifest.sources[owned.node]) as Node;
  const table = ownTables(node).find(({ name }) => name === owned.table);
  const documented = documentedColumns(node, owned.table);
  const description = (table === undefined ? node.description : describedBy(table)) || node.description;
  return present({
    schema: schemaOf(documented, found?.columns ?? table?.columns),
    dataSource: facet("dataSource", { name: dataset.namespace, uri: dataset.namespace }),
    datasetType: found === undefined ? null : facet("datasetType", { datasetType: found.type.toUpperCase() }),
    documentation:
      description === ""
        ? null
        : facet("datasetDocumentation", { description, contentType: "text/markdown" }),
    ownership: ownershipOf(node, "datasetOwnership"),
    tags: tagsOf(node.tags, documented, "datasetTags"),
    dbt_exposures: exposuresOf(owned.node, manifest),
  });
}

function describedBy(table: object): string {
  return "description" in table ? String(table.description) : "";
}

/** What properties say of the columns of a table. */
function documentedColumns(node: Node, table: string | null): readonly Column[] {
  if (node.resource_type === "procedure")
    return Object.values(node.tables.find(({ name }) => name === table)?.documented ?? {});
  return table === null ? Object.values(node.columns) : [];
}

/** The columns that there are, with what is said of them; without a warehouse, those that are declared. */
function schemaOf(documented: readonly Column[], found: readonly TypedColumn[] | undefined): Facet | null {
  const byName = new Map(documented.map((column) => [column.name.toLowerCase(), column]));
  const columns =
    found?.map(({ name, type, description }) => ({
      name,
      type: formatColumnType(type),
      description: byName.get(name.toLowerCase())?.description || description,
    })) ??
    documented.map(({ name, data_type, description }) => ({ name, type: data_type ?? "", description }));
  if (columns.length === 0) return null;
  const fields = columns.map(({ name, type, description }, at) => ({
    name,
    ...(type !== "" && { type }),
    ...(description !== "" && { description }),
    ordinal_position: at + 1,
  }));
  return facet("schema", { fields });
}

/** `meta.owner`: a name, several, or what has a name or an e-mail address. */
export function ownershipOf(
  { meta }: Pick<Node, "meta">,
  kind: "datasetOwnership" | "jobOwnership",
): Facet | null {
  const given = meta.owner ?? meta.owners;
  const owners = (Array.isArray(given) ? given : [given]).flatMap((owner: unknown) => {
    if (typeof owner === "string" && owner !== "") return [{ name: owner }];
    const { name, email } = (owner ?? {}) as { name?: unknown; email?: unknown };
    const found = [name, email].find((part) => typeof part === "string" && part !== "");
    return found === undefined ? [] : [{ name: String(found) }];
  });
  return owners.length === 0 ? null : facet(kind, { owners });
}

/** The tags of a node, and of its columns. */
export function tagsOf(
  tags: readonly string[],
  columns: readonly Column[],
  kind: "datasetTags" | "jobTags",
): Facet | null {
  const tag = (key: string) => ({ key, value: "true", source: "SLA" });
  const all = [
    ...tags.map(tag),
    ...columns.flatMap((column) => column.tags.map((key) => ({ ...tag(key), field: column.name }))),
  ];
  return all.length === 0 ? null : facet(kind, { tags: all });
}

/** What people make of a relation. */
function exposuresOf(id: string, manifest: Manifest): Facet | null {
  const exposures = Object.values<ExposureNode>(manifest.exposures)
    .filter(({ depends_on }) => depends_on.nodes.includes(id))
    .map(({ unique_id, name, type, url }) => ({ unique_id, name, type, ...(url !== null && { url }) }));
  return exposures.length === 0 ? null : facet("dbt_exposures", { exposures });
}
