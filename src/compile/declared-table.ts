import { SlaError } from "../errors/index.js";
import { type IndexConfig, parseColumnType, type SeederTable, type TypedColumn } from "../manifest/index.js";
import type { Assembly } from "./assembly.js";

/** What a seeder or a procedure says of a table that it fills. */
export interface TableDeclaration {
  columns: readonly { name: string; type: unknown; nullable: boolean; description: string }[];
  primaryKey: readonly string[];
  indexes: readonly IndexConfig[];
}

/** A table that a node declares and fills by itself; a key on a column that it does not have is an error. */
export function declaredTable(
  assembly: Assembly,
  owner: string,
  path: string,
  name: string,
  schema: string,
  { columns, primaryKey, indexes }: TableDeclaration,
): SeederTable {
  const known = new Set(columns.map((column) => column.name));
  for (const column of [...primaryKey, ...indexes.flatMap((index) => index.columns)]) {
    if (known.has(column)) continue;
    assembly.errors.push(
      new SlaError({
        code: "SLA104",
        message: `table "${name}" of ${owner} has a key on "${column}", which is no column of it`,
        location: { path },
      }),
    );
  }
  const typed = columns.map(
    (column): TypedColumn => ({
      name: column.name,
      // A type that is none is reported where the columns are read.
      type: parseColumnType(String(column.type)) ?? { kind: "longtext" },
      nullable: !primaryKey.includes(column.name) && column.nullable,
      description: column.description,
    }),
  );
  const copied = indexes.map((index) => ({ ...index, columns: [...index.columns] }));
  return { name, schema, alias: name, columns: typed, primary_key: [...primaryKey], indexes: copied };
}
