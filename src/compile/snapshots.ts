import { SlaError } from "../errors/index.js";
import { type Assembly, collect, filesOf } from "./assembly.js";
import { selectNode } from "./models.js";
import { templateLayer } from "./node-parts.js";
import { locate, type PropertiesIndex } from "./properties-index.js";
import { parseRelationArgument } from "./relation-argument.js";
import { unrenderedConfig } from "./static-value.js";
import { readSqlFile } from "./template-facts.js";

/** Reads all snapshots: SQL files of the snapshot folders, and entries of properties that name a relation. */
export function readSnapshots(assembly: Assembly, properties: PropertiesIndex): void {
  const { project, errors } = assembly;
  for (const file of filesOf(assembly, project.paths.snapshots, /\.sql$/)) {
    const sql = collect(errors, () => project.cache.derive(file.path, readSqlFile));
    if (sql === undefined) continue;
    const layer = templateLayer(assembly, "snapshot", file.path, sql.config);
    const name = file.path.slice(file.path.lastIndexOf("/") + 1).replace(/\.sql$/, "");
    const placed = properties.snapshots.get(name);
    const node = selectNode(assembly, "snapshot", placed, file, { language: "sql", ...sql }, undefined, [
      layer,
    ]);
    const unrendered = unrenderedConfig(sql.config);
    if (unrendered !== null) node.unrendered_config = unrendered;
    assembly.uses.set(node.unique_id, sql);
    assembly.models.push(node);
  }
  for (const [name, placed] of properties.snapshots) {
    const { relation } = placed.entry;
    if (relation === undefined) continue;
    const found = parseRelationArgument(relation);
    if (found === undefined) {
      errors.push(
        new SlaError({
          code: "SLA104",
          message: `relation of snapshot "${name}" is no relation: ${JSON.stringify(relation)}`,
          hint: "Write ref('model') or source('source', 'table').",
          location: locate(assembly, placed, ["relation"]),
        }),
      );
      continue;
    }
    const call =
      found.kind === "source"
        ? `source "${found.source}" "${found.table}"`
        : `ref ${found.package === null ? "" : `"${found.package}" `}"${found.name}"`;
    const text = `SELECT * FROM {{${call}}}\n`;
    const sql = collect(errors, () => readSqlFile({ path: placed.path, text }));
    if (sql === undefined) continue;
    const file = { path: placed.path, root: placed.root };
    const node = selectNode(assembly, "snapshot", placed, file, { language: "sql", ...sql }, name, []);
    assembly.uses.set(node.unique_id, sql);
    assembly.models.push(node);
  }
}
