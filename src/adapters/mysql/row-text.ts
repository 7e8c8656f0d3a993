import type { ColumnType, Relation, TypedColumn } from "../../manifest/index.js";
import type { Value } from "../adapter.js";
import { identifier, literal, qualified } from "./dialect.js";

/** One value as a field of LOAD DATA's text. */
type FieldText = (value: Value) => string;

const SPECIAL = /[\\\t\n\r\0]/;
const SPECIALS = /[\\\t\n\r\0]/g;
const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0" };

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIALS, (char) => ESCAPES[char]!) : text;
}

/** Text of any value, before it is escaped; bytes in a text column are its UTF-8. */
function plain(value: Exclude<Value, null>): string {
  if (typeof value === "string") return value;
  if (value === true) return "1";
  if (value === false) return "0";
  if (typeof value === "object") return asBuffer(value).toString("utf8");
  return String(value);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function hex(value: Exclude<Value, null>): string {
  return (typeof value === "object" ? asBuffer(value) : Buffer.from(plain(value), "utf8")).toString("hex");
}

/** Whether a column holds bytes: they travel as hexadecimal digits, since the file as a whole is UTF-8. */
function isBinary(type: ColumnType): boolean {
  return type.kind.endsWith("blob") || type.kind.endsWith("binary");
}

function fieldText(type: ColumnType): FieldText {
  if (isBinary(type)) return (value) => (value === null || value === undefined ? "\\N" : hex(value));
  return (value) => {
    if (typeof value === "string") return escaped(value);
    if (typeof value === "number") return `${value}`;
    if (value === null || value === undefined) return "\\N";
    return escaped(plain(value));
  };
}

/** LOAD DATA's text for rows: fields by tab, lines by newline, NULL as `\N`. */
export function rowsToText(columns: readonly TypedColumn[]): (rows: readonly (readonly Value[])[]) => string {
  const fields = columns.map((column) => fieldText(column.type));
  const count = fields.length;
  return (rows) => {
    let text = "";
    for (const row of rows) {
      text += fields[0]!(row[0] as Value);
      for (let index = 1; index < count; index++) text += `\t${fields[index]!(row[index] as Value)}`;
      text += "\n";
    }
    return text;
  };
}

/** The statement that reads `rowsToText`. */
export function loadData(relation: Relation, columns: readonly TypedColumn[]): string {
  const targets = columns.map((column, index) =>
    isBinary(column.type) ? `@v${index}` : identifier(column.name),
  );
  const sets = columns.flatMap((column, index) =>
    isBinary(column.type) ? [`${identifier(column.name)} = UNHEX(@v${index})`] : [],
  );
  return [
    `LOAD DATA LOCAL INFILE 'rows' INTO TABLE ${qualified(relation)}`,
    "CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n'",
    `(${targets.join(", ")})${sets.length > 0 ? ` SET ${sets.join(", ")}` : ""}`,
  ].join(" ");
}

/** The beginning of the statement that `rowToTuple` goes on with. */
export function insertInto(relation: Relation, columns: readonly TypedColumn[]): string {
  return `INSERT INTO ${qualified(relation)} (${columns.map((column) => identifier(column.name)).join(", ")}) VALUES\n`;
}

/** `(1,'a',NULL)`: the same values as `rowsToText` sends. */
export function rowToTuple(columns: readonly TypedColumn[]): (row: readonly Value[]) => string {
  const binary = columns.map((column) => isBinary(column.type));
  return (row) => {
    const values = binary.map((bytes, index) => {
      const value = row[index];
      if (value === null || value === undefined) return "NULL";
      if (bytes) return `X'${hex(value)}'`;
      return typeof value === "number" && Number.isFinite(value) ? `${value}` : literal(plain(value));
    });
    return `(${values.join(",")})`;
  };
}
