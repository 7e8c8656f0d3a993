import type { Adapter } from "../../../adapters/index.js";
import { didYouMean } from "../../../errors/index.js";
import type { ColumnTypeKind, Relation } from "../../../manifest/index.js";
import { childOf } from "./element.js";
import type { Finding } from "./finding.js";
import { relationsOf, type Source, type Workbook } from "./workbook.js";

/** What Tableau takes a column of the warehouse for. */
const LOCAL_TYPES: Readonly<Partial<Record<ColumnTypeKind, string>>> = {
  tinyint: "integer",
  smallint: "integer",
  mediumint: "integer",
  int: "integer",
  bigint: "integer",
  year: "integer",
  boolean: "integer",
  decimal: "real",
  float: "real",
  double: "real",
  date: "date",
  datetime: "datetime",
  timestamp: "datetime",
};

/** Name of a table of a file, and of the database that it is in; null of files of text. */
export function tableName(source: Source): { schema: string | null; table: string } | null {
  const [relation, ...others] = relationsOf(source);
  if (relation === undefined || others.length > 0) return null;
  const table = /\[([^\]]+)\]$/.exec(relation.attributes.table ?? "")?.[1] ?? "";
  const connections = source.element.children
    .flatMap(({ children }) => children)
    .find(({ name }) => name === "named-connections");
  const own = connections?.children.find(
    ({ attributes }) => attributes.name === relation.attributes.connection,
  );
  const connection = childOf(own, "connection");
  if (connection?.attributes.class === "textscan")
    return { schema: null, table: table.replace(/#csv$/i, "") };
  return { schema: connection?.attributes.dbname ?? null, table };
}

/** Holds the columns of each source against those of the warehouse. `find` says where a table of the file stands. */
export async function checkCatalog(
  adapter: Adapter,
  workbook: Workbook,
  find: (source: Source, table: string) => Relation | null,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const source of workbook.sources.values()) {
    if (source.isParameters) continue;
    const parents = new Map<string, Map<string, ColumnTypeKind> | null>();
    for (const relation of relationsOf(source)) {
      const table = /\[([^\]]+)\]$/.exec(relation.attributes.table ?? "")?.[1]?.replace(/#csv$/i, "") ?? "";
      const where = find(source, table);
      const columns = where === null ? [] : await adapter.introspector.columns(where).catch(() => []);
      const name = `[${relation.attributes.name}]`;
      parents.set(
        name,
        columns.length === 0 ? null : new Map(columns.map((column) => [column.name, column.type.kind])),
      );
      if (columns.length === 0)
        findings.push({
          check: "catalog",
          line: relation.line,
          message: `the table ${table} is not in the warehouse`,
          hint: "Build it, or write the files anew with `sla tableau`; `--no-warehouse` checks the file alone.",
        });
    }
    for (const record of source.records.values()) {
      const parent = childOf(record, "parent-name")?.text ?? "";
      const columns = parents.get(parent);
      if (columns == null) continue;
      const name = childOf(record, "remote-name")?.text ?? "";
      const kind = columns.get(name);
      const type = childOf(record, "local-type")?.text ?? "";
      const hint = "Write the files anew with `sla tableau`: Tableau strips what the table does not have.";
      if (kind === undefined)
        findings.push({
          check: "catalog",
          line: record.line,
          message: `${parent} has no column "${name}" in the warehouse`,
          hint: didYouMean(name, columns.keys()) ?? hint,
        });
      else if ((LOCAL_TYPES[kind] ?? "string") !== type)
        findings.push({
          check: "catalog",
          line: record.line,
          message: `the column "${name}" of ${parent} is ${kind} in the warehouse, which is ${LOCAL_TYPES[kind] ?? "string"}, not ${type}`,
          hint,
        });
    }
  }
  return findings;
}
