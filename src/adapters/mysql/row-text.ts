import type { ColumnType, Relation, TypedColumn } from "../../manifest/index.js";
import type { Value } from "../adapter.js";
import { identifier, literal, qualified } from "./dialect.js";

/**
 * What separates fields, escapes, and ends lines: characters that text does not have, so that text need not be searched for
 * them value by value. Whether it has them after all shows when the bytes of a batch are counted; then they are escaped.
 */
const FIELD = "\x01";
const ESCAPE = "\x02";
const LINE = "\x03";
const NULL = `${ESCAPE}N`;

const SPECIALS = new RegExp(`[\\0${FIELD}${ESCAPE}${LINE}]`, "g");

function escaped(text: string): string {
  return text.replace(SPECIALS, (char) => ESCAPE + (char === "\0" ? "0" : char));
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

/** Turns rows into the bytes of the file that `loadData` reads. */
export function rowsToFile(columns: readonly TypedColumn[]): (rows: readonly (readonly Value[])[]) => Buffer {
  const binary = columns.map((column) => isBinary(column.type));
  const last = columns.length - 1;
  let nulls = 0;

  const text = (value: Value | undefined, index: number): string => {
    if (value === null || value === undefined) {
      nulls++;
      return NULL;
    }
    if (binary[index]) return hex(value);
    return typeof value === "string" ? value : plain(value);
  };
  const safeText = (value: Value | undefined, index: number): string => {
    const raw = text(value, index);
    return value === null || value === undefined ? raw : escaped(raw);
  };
  const encode = (rows: readonly (readonly Value[])[], field: typeof text): Buffer => {
    // One flat join: concatenating value by value makes a string object of every step.
    const fields: string[] = new Array(rows.length * columns.length);
    let at = 0;
    for (const row of rows) {
      for (let index = 0; index < last; index++) fields[at++] = field(row[index], index);
      fields[at++] = field(row[last], last) + LINE;
    }
    return Buffer.from(fields.join(FIELD) + FIELD, "utf8");
  };
  return (rows) => {
    nulls = 0;
    const bytes = encode(rows, text);
    const ours = nulls + rows.length * (columns.length + 1);
    return countSpecials(bytes) === ours ? bytes : encode(rows, safeText);
  };
}

function countSpecials(bytes: Buffer): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at]! <= 3) count++;
  return count;
}

/** The statement that reads `rowsToFile`. */
export function loadData(relation: Relation, columns: readonly TypedColumn[]): string {
  const targets = columns.map((column, index) =>
    isBinary(column.type) ? `@v${index}` : identifier(column.name),
  );
  const sets = columns.flatMap((column, index) =>
    isBinary(column.type) ? [`${identifier(column.name)} = UNHEX(@v${index})`] : [],
  );
  return [
    `LOAD DATA LOCAL INFILE 'rows' INTO TABLE ${qualified(relation)}`,
    "CHARACTER SET utf8mb4 FIELDS TERMINATED BY X'01' ESCAPED BY X'02' LINES TERMINATED BY X'0301'",
    `(${targets.join(", ")})${sets.length > 0 ? ` SET ${sets.join(", ")}` : ""}`,
  ].join(" ");
}

/** The beginning of the statement that `rowToTuple` goes on with. */
export function insertInto(relation: Relation, columns: readonly TypedColumn[]): string {
  return `INSERT INTO ${qualified(relation)} (${columns.map((column) => identifier(column.name)).join(", ")}) VALUES\n`;
}

/** `(1,'a',NULL)`: the same values as `rowsToFile` sends. */
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
