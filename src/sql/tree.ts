/**
 * The parser's tree as this floor sees it: a node is an object with one key, its type, that holds its fields. Only what is
 * built here or came from the parser is ever a node; which types may occur is the rewriter's table.
 */
export interface Node {
  readonly [type: string]: Fields;
}

/** The fields of a node, by the parser's names. */
export interface Fields {
  [field: string]: unknown;
}

/** The type of a node: `select`, `column`, `function` … */
export function typeOf(node: Node): string {
  for (const type in node) return type;
  return "";
}

/** The fields of a node, whatever its type. */
export function fieldsOf(node: Node): Fields {
  return node[typeOf(node)] ?? {};
}

/** A field that holds a node, or undefined if it is empty. */
export function child(fields: Fields, name: string): Node | undefined {
  return (fields[name] as Node | null | undefined) ?? undefined;
}

/** A field that holds a list of nodes or of records. */
export function list<T = Node>(fields: Fields, name: string): T[] {
  return (fields[name] as T[] | null | undefined) ?? [];
}

/** A call of a DuckDB function or macro. */
export function call(name: string, ...args: Node[]): Node {
  return aggregateCall(name, args, false);
}

/** A call of a DuckDB aggregate function, DISTINCT or not. */
export function aggregateCall(name: string, args: Node[], distinct: boolean): Node {
  return { function: { name, args, distinct } };
}

/** A number as written in SQL. */
export function number(value: string | number): Node {
  return { literal: { literal_type: "number", value: String(value) } };
}

/** A string value. */
export function string(value: string): Node {
  return { literal: { literal_type: "string", value } };
}

/** NULL. */
export const NULL: Node = { null: null as unknown as Fields };

/** `CAST(node AS type)`, the type in DuckDB's words. */
export function cast(node: Node, type: string): Node {
  return {
    cast: { this: node, to: { name: type } },
  };
}

/** `(node)`; operators built by hand are always wrapped, so that no rule of precedence is relied upon. */
export function paren(node: Node): Node {
  return { paren: { this: node } };
}

/** `(left operator right)` for the operators that share this shape. */
export function binary(type: string, left: Node, right: Node): Node {
  return paren({ [type]: { left, right } });
}

/** `(left || right)`: NULL if any part is, as MySQL's CONCAT. */
export function joined(parts: readonly Node[]): Node {
  return parts.reduce((left, right) => paren({ d_pipe: { this: left, expression: right } }));
}

/** `(this IS NULL)`. */
export function isNull(node: Node): Node {
  return paren({ is_null: { this: node, not: false } });
}

/** `CASE WHEN condition THEN value … ELSE otherwise END`. */
export function searchedCase(whens: [Node, Node][], otherwise: Node | null): Node {
  return { case: { operand: null, whens, else_: otherwise } };
}

/** The node inside any number of parentheses. */
export function bare(node: Node): Node {
  let inner = node;
  while (typeOf(inner) === "paren") inner = child(fieldsOf(inner), "this")!;
  return inner;
}

/** The value of a string literal, parentheses ignored. */
export function stringValue(node: Node): string | undefined {
  return literalValue(node, "string");
}

/** The text of a numeric literal, sign included, parentheses ignored. */
export function numberValue(node: Node): string | undefined {
  const inner = bare(node);
  if (typeOf(inner) !== "neg") return literalValue(inner, "number");
  const value = literalValue(child(fieldsOf(inner), "this")!, "number");
  return value === undefined ? undefined : `-${value}`;
}

function literalValue(node: Node, type: string): string | undefined {
  const inner = bare(node);
  if (typeOf(inner) !== "literal") return undefined;
  const fields = fieldsOf(inner);
  return fields.literal_type === type ? (fields.value as string) : undefined;
}
