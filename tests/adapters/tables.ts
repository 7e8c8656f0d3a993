import { type ColumnType, parseColumnType, type TypedColumn } from "../../src/manifest/index.js";

/** A column from MySQL's spelling of its type; `!` at the end makes it NOT NULL. */
export function column(name: string, type: string, description = ""): TypedColumn {
  const required = type.endsWith("!");
  return { name, type: parsed(required ? type.slice(0, -1) : type), nullable: !required, description };
}

function parsed(type: string): ColumnType {
  const found = parseColumnType(type);
  if (found === undefined) throw new Error(`${type} is no type`);
  return found;
}
