import { parseColumnType } from "../../manifest/index.js";

/** Types of other databases as those that CAST takes here; those with a length or scale are below. */
const CASTS: Record<string, string> = {
  ...same("SIGNED", "signed int integer bigint smallint tinyint int2 int4 int8 int64 long"),
  ...same("CHAR", "text varchar string char nvarchar character"),
  ...same("DOUBLE", "double float float8 float64 real"),
  ...same("DATE", "date"),
  ...same("DATETIME(6)", "timestamp datetime timestamp_ntz"),
};

/** Types of other databases as those of columns. */
const COLUMNS: Record<string, string> = {
  ...same("bigint", "int64 int8 long"),
  ...same("int", "int4 integer"),
  ...same("smallint", "int2"),
  ...same("text", "string"),
  ...same("double", "float8 float64 float real"),
  ...same("datetime(6)", "timestamp timestamp_ntz"),
  ...same("tinyint(1)", "boolean bool"),
  ...same("decimal(38,9)", "numeric number"),
};

function same(type: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, type]));
}

/** The type of a CAST; undefined where there is none with the same meaning. */
export function castType(type: string): string | undefined {
  const [, name, size] = /^\s*([a-z]\w*)\s*(\([\d\s,]+\))?\s*$/i.exec(type) ?? [];
  const lower = name?.toLowerCase() ?? "";
  if (size !== undefined && /^(?:varchar|char|nvarchar|character|string)$/.test(lower)) return `CHAR${size}`;
  if (size !== undefined && /^(?:decimal|numeric|number)$/.test(lower)) return `DECIMAL${size}`;
  return size === undefined ? CASTS[lower] : undefined;
}

/** The type of a column in MySQL's spelling; undefined where there is none. */
export function columnType(type: string): string | undefined {
  if (parseColumnType(type) !== undefined) return type;
  const [, name, size] = /^\s*([a-z]\w*)\s*(\([\d\s,]+\))?\s*$/i.exec(type) ?? [];
  const lower = name?.toLowerCase() ?? "";
  if (size !== undefined && /^(?:numeric|number)$/.test(lower)) return `decimal${size}`;
  if (size !== undefined && /^(?:string|character|nvarchar)$/.test(lower)) return `varchar${size}`;
  return size === undefined ? COLUMNS[lower] : undefined;
}
