import type { Connection, Dialect } from "../../adapters/index.js";
import type { Relation, Value } from "../../manifest/index.js";
import { typeFacts } from "./field.js";
import type { Mart } from "./source.js";

/** The columns of a mart that a text file can hold. */
export function csvColumns({ columns }: Mart): Mart["columns"] {
  return columns.filter((column) => typeFacts(column) !== undefined);
}

/** The rows of a mart as CSV by RFC 4180, in UTF-8, a batch at a time: in the order of its key, so that the same rows make the same file. */
export async function* csvText(
  connection: Connection,
  dialect: Dialect,
  mart: Mart,
  relation: Relation,
): AsyncGenerator<string> {
  const names = csvColumns(mart).map(({ name }) => name);
  const list = (of: readonly string[]) => of.map((name) => dialect.identifier(name)).join(", ");
  const key = mart.primaryKey.length > 0 ? mart.primaryKey : names;
  yield record(names);
  const sql = `SELECT ${list(names)} FROM ${dialect.relation(relation)} ORDER BY ${list(key)}`;
  for await (const rows of connection.stream(sql))
    yield rows.map((row) => record(names.map((name) => row[name] ?? null))).join("");
}

function record(values: readonly Value[]): string {
  return `${values.map(field).join(",")}\r\n`;
}

/** Nothing for null, `""` for an empty text. Values stand as they are: what opens this computes with them. */
function field(value: Value): string {
  if (value === null) return "";
  const text = typeof value === "boolean" ? String(Number(value)) : String(value);
  return text === "" || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
