import { child, type Fields, fieldsOf, list, type Node, typeOf } from "./tree.js";

/** Text of one type of node. */
type Writer = (fields: Fields) => string;

const OPERATORS: Readonly<Record<string, string>> = {
  add: "+",
  and: "AND",
  bitwise_and: "&",
  bitwise_left_shift: "<<",
  bitwise_or: "|",
  bitwise_right_shift: ">>",
  div: "/",
  eq: "=",
  gt: ">",
  gte: ">=",
  lt: "<",
  lte: "<=",
  mod: "%",
  mul: "*",
  neq: "<>",
  or: "OR",
  sub: "-",
};

/**
 * DuckDB's text, by type of node: of the rewritten tree, which has no other types. The parser's own generator is not used. It
 * recurses on the WebAssembly stack, where ten additions in a row are too many once its code is optimized, and it takes as
 * long as everything else together.
 */
const WRITERS: Readonly<Record<string, Writer>> = {
  ...Object.fromEntries(
    Object.entries(OPERATORS).map(([type, operator]): [string, Writer] => [
      type,
      (fields) => `${part(fields, "left")} ${operator} ${part(fields, "right")}`,
    ]),
  ),
  alias: (fields) => `${part(fields, "this")} AS ${name(fields.alias)}`,
  all: (fields) => quantified(fields, "ALL"),
  any: (fields) => quantified(fields, "ANY"),
  between: (fields) =>
    `${part(fields, "this")} ${not(fields)}BETWEEN ${part(fields, "low")} AND ${part(fields, "high")}`,
  case: (fields) => {
    const operand = child(fields, "operand");
    const whens = list<[Node, Node]>(fields, "whens").map(
      ([when, then]) => ` WHEN ${write(when)} THEN ${write(then)}`,
    );
    const otherwise = child(fields, "else_");
    return `CASE${operand ? ` ${write(operand)}` : ""}${whens.join("")}${otherwise ? ` ELSE ${write(otherwise)}` : ""} END`;
  },
  cast: (fields) => `CAST(${part(fields, "this")} AS ${(fields.to as { name: string }).name})`,
  column: (fields) =>
    fields.table === null ? name(fields.name) : `${name(fields.table)}.${name(fields.name)}`,
  d_pipe: (fields) => `${part(fields, "this")} || ${part(fields, "expression")}`,
  dot: (fields) => `${part(fields, "this")}.${name(fields.field)}`,
  exists: (fields) => `EXISTS (${part(fields, "this")})`,
  function: (fields) =>
    `${String(fields.name)}(${fields.distinct === true ? "DISTINCT " : ""}${commas(list(fields, "args"))})`,
  in: (fields) => {
    const query = child(fields, "query");
    return `${part(fields, "this")} ${not(fields)}IN (${query ? write(query) : commas(list(fields, "expressions"))})`;
  },
  is_false: (fields) => `${part(fields, "this")} IS ${not(fields)}FALSE`,
  is_null: (fields) => `${part(fields, "this")} IS ${not(fields)}NULL`,
  is_true: (fields) => `${part(fields, "this")} IS ${not(fields)}TRUE`,
  literal: (fields) =>
    fields.literal_type === "string" ? string(String(fields.value)) : String(fields.value),
  neg: (fields) => `-${part(fields, "this")}`,
  not: (fields) => `NOT ${part(fields, "this")}`,
  null: () => "NULL",
  paren: (fields) => `(${part(fields, "this")})`,
  rollup: (fields) => `ROLLUP (${commas(list(fields, "expressions"))})`,
  star: (fields) => (fields.table === null ? "*" : `${name(fields.table)}.*`),
  string_agg: (fields) =>
    `string_agg(${part(fields, "this")}, ${part(fields, "separator")}${orderBy(list<Fields>(fields, "order_by"))})`,
  tuple: (fields) => `(${commas(list(fields, "expressions"))})`,
  window_function: (fields) => `${part(fields, "this")} OVER ${over(fields.over as Fields)}`,

  select: (fields) =>
    [
      withClause(fields),
      `SELECT ${fields.distinct === true ? "DISTINCT " : ""}${commas(list(fields, "expressions"))}`,
      fields.from === null ? "" : `FROM ${commas(list(fields.from as Fields, "expressions"))}`,
      ...list<Fields>(fields, "joins").map(join),
      clause("WHERE", fields.where_clause),
      fields.group_by === null ? "" : `GROUP BY ${commas(list(fields.group_by as Fields, "expressions"))}`,
      clause("HAVING", fields.having),
      windows(fields),
      ...tail(fields),
    ]
      .filter((text) => text !== "")
      .join("\n"),
  subquery: (fields) =>
    [`(${part(fields, "this")})${fields.alias === null ? "" : ` AS ${name(fields.alias)}`}`, ...tail(fields)]
      .filter((text) => text !== "")
      .join(" "),
  ...Object.fromEntries(
    (["union", "intersect", "except"] as const).map((type): [string, Writer] => [
      type,
      (fields) =>
        [
          withClause(fields),
          part(fields, "left"),
          `${type.toUpperCase()}${fields.all === true ? " ALL" : ""}`,
          part(fields, "right"),
          ...tail(fields),
        ]
          .filter((text) => text !== "")
          .join("\n"),
    ]),
  ),
  table: (fields) => {
    const path = [fields.catalog, fields.schema, fields.name].filter((id) => id !== null).map(name);
    return path.join(".") + (fields.alias === null ? "" : ` AS ${name(fields.alias)}`);
  },
  joined_table: (fields) => {
    const inside = [part(fields, "left"), ...list<Fields>(fields, "joins").map(join)].join(" ");
    return `(${inside})${fields.alias === null ? "" : ` AS ${name(fields.alias)}`}`;
  },
};

const JOINS: Readonly<Record<string, string>> = {
  Cross: "CROSS JOIN ",
  Implicit: ", ",
  Inner: "JOIN ",
  Left: "LEFT JOIN ",
  Natural: "NATURAL JOIN ",
  NaturalLeft: "NATURAL LEFT JOIN ",
  NaturalRight: "NATURAL RIGHT JOIN ",
  Right: "RIGHT JOIN ",
};

/** DuckDB's text for a rewritten tree. */
export function write(node: Node): string {
  const writer = WRITERS[typeOf(node)];
  if (writer === undefined) throw new Error(`no text for ${typeOf(node)}`);
  return writer(fieldsOf(node));
}

function part(fields: Fields, field: string): string {
  return write(child(fields, field)!);
}

function commas(nodes: readonly Node[]): string {
  return nodes.map(write).join(", ");
}

function not(fields: Fields): string {
  return fields.not === true ? "NOT " : "";
}

function name(identifier: unknown): string {
  return `"${(identifier as { name: string }).name.replaceAll('"', '""')}"`;
}

function string(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  Eq: "=",
  Neq: "<>",
  Lt: "<",
  Lte: "<=",
  Gt: ">",
  Gte: ">=",
};

function quantified(fields: Fields, word: string): string {
  const operator = COMPARISONS[String(fields.op)];
  if (operator === undefined) throw new Error(`no text for ${String(fields.op)} ${word}`);
  return `${part(fields, "this")} ${operator} ${word} ${part(fields, "subquery")}`;
}

function clause(word: string, fields: unknown): string {
  return fields === null ? "" : `${word} ${part(fields as Fields, "this")}`;
}

function withClause(fields: Fields): string {
  const clause = fields.with as Fields | null;
  if (clause === null) return "";
  const ctes = list<Fields>(clause, "ctes").map((cte) => {
    const columns = list<unknown>(cte, "columns");
    return `${name(cte.alias)}${columns.length === 0 ? "" : `(${columns.map(name).join(", ")})`} AS (\n${part(cte, "this")}\n)`;
  });
  return `WITH ${clause.recursive === true ? "RECURSIVE " : ""}${ctes.join(", ")}`;
}

function join(fields: Fields): string {
  const kind = JOINS[String(fields.kind)];
  if (kind === undefined) throw new Error(`no text for a ${String(fields.kind)} join`);
  const on = child(fields, "on");
  const using = list<unknown>(fields, "using");
  const condition = on
    ? ` ON ${write(on)}`
    : using.length > 0
      ? ` USING (${using.map(name).join(", ")})`
      : "";
  return kind + part(fields, "this") + condition;
}

function windows(fields: Fields): string {
  const defined = list<Fields>(fields, "windows");
  if (defined.length === 0) return "";
  return `WINDOW ${defined.map((window) => `${name(window.name)} AS ${specification(window.spec as Fields)}`).join(", ")}`;
}

function over(fields: Fields): string {
  const bare =
    fields.window_name !== null &&
    list(fields, "partition_by").length === 0 &&
    list(fields, "order_by").length === 0 &&
    fields.frame === null;
  return bare ? name(fields.window_name) : specification(fields);
}

function specification(fields: Fields): string {
  const keys = list(fields, "partition_by");
  const parts = [
    fields.window_name === null ? "" : name(fields.window_name),
    keys.length === 0 ? "" : `PARTITION BY ${commas(keys)}`,
    orderBy(list<Fields>(fields, "order_by")).trimStart(),
    frame(fields.frame as Fields | null),
  ];
  return `(${parts.filter((text) => text !== "").join(" ")})`;
}

function frame(fields: Fields | null): string {
  if (fields === null) return "";
  const kind = String(fields.kind).toUpperCase();
  const start = bound(fields.start);
  return fields.end === null || fields.end === undefined
    ? `${kind} ${start}`
    : `${kind} BETWEEN ${start} AND ${bound(fields.end)}`;
}

function bound(value: unknown): string {
  if (typeof value === "string") return value.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toUpperCase();
  const [[side, distance]] = Object.entries(value as Record<string, Node>) as [[string, Node]];
  return `${write(distance)} ${side.toUpperCase()}`;
}

function orderBy(items: readonly Fields[]): string {
  if (items.length === 0) return "";
  return ` ORDER BY ${items.map((item) => part(item, "this") + (item.desc === true ? " DESC" : "")).join(", ")}`;
}

/** ORDER BY, LIMIT and OFFSET, which a SELECT, a set operation and a query in parentheses may end with. */
function tail(fields: Fields): string[] {
  const order = fields.order_by as Fields | null | undefined;
  return [
    order ? orderBy(list<Fields>(order, "expressions")).trimStart() : "",
    count("LIMIT", fields.limit),
    count("OFFSET", fields.offset),
  ];
}

function count(word: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  return `${word} ${write("this" in (value as Fields) ? ((value as Fields).this as Node) : (value as Node))}`;
}
