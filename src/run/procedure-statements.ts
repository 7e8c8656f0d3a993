import type { Adapter, Connection } from "../adapters/index.js";
import type { BoundArgument } from "../compile/index.js";
import { positionAt, SlaError, toSlaErrors } from "../errors/index.js";
import { type ColumnType, parseColumnType, type Relation, relationKey } from "../manifest/index.js";
import type { BodyStatement, Span, Substituted } from "../sql/index.js";
import type { RenderedProcedure } from "./procedure-text.js";

/** A local variable: its type, and its value as a literal. */
interface Local {
  type: ColumnType;
  literal: string;
}

/** Runs a body where there are no stored procedures, statement by statement, and says what it ran; without a session it is only checked. */
export async function runStatements(
  { node, body, writes }: RenderedProcedure,
  literals: readonly BoundArgument[],
  adapter: Adapter,
  connection: Connection | null,
  signal?: AbortSignal,
): Promise<string[]> {
  const { readBody } = await import("../sql/procedure-body.js");
  const { substitute } = await import("../sql/procedure-locals.js");
  const locals = new Map<string, Local>(
    literals.map(({ name, type, literal }) => [name.toLowerCase(), { type, literal }]),
  );
  const executed: string[] = [];
  for (const statement of readable(() => readBody(body.code))) {
    signal?.throwIfAborted();
    try {
      for (const sql of await engineText(statement)) {
        executed.push(sql);
        await connection?.execute(sql);
      }
    } catch (error) {
      throw at(error, statement.start);
    }
  }
  return executed;

  function readable<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw at(error, 0);
    }
  }

  /** An error of the body at its place in the file: where it says, else where the statement starts. */
  function at(thrown: unknown, start: number): SlaError {
    const error = toSlaErrors(thrown)[0]!;
    const { location } = error;
    if (location !== undefined && location.path !== "") return error;
    const known = location?.text === body.code && location.line !== undefined;
    const offset = known ? offsetOf(body.code, location.line!, location.column ?? 1) : start;
    const length = known && location.length !== undefined ? { length: location.length } : {};
    return error.at({ ...body.locate(offset), ...length }, node.unique_id);
  }

  function values(): Map<string, string> {
    return new Map([...locals].map(([name, { literal }]) => [name, literal]));
  }

  /** The engine's SQL of a query of which a part is the user's; errors in it are placed in the body. */
  async function translated(query: (text: string) => string, part: Substituted): Promise<string> {
    const whole = query(part.text);
    const before = whole.indexOf(part.text);
    try {
      return await adapter.translate(whole);
    } catch (thrown) {
      const error = toSlaErrors(thrown)[0]!;
      const { line, column = 1, length } = error.location ?? {};
      const inPart = line === undefined ? -1 : offsetOf(whole, line, column) - before;
      const offset = part.offset(Math.max(0, Math.min(inPart, part.text.length)));
      const place = { path: "", ...positionAt(body.code, offset), text: body.code };
      throw new SlaError({
        code: error.code,
        message: error.message,
        hint: error.hint,
        location: { ...place, ...(length !== undefined && { length }) },
      });
    }
  }

  function part(span: Span): Substituted {
    return substitute(body.code, span, values());
  }

  async function engineText(statement: BodyStatement): Promise<string[]> {
    const { dialect } = adapter;
    switch (statement.kind) {
      case "transaction":
        return [];
      case "insert": {
        const { relation, columns } = target(statement.target, statement.columns);
        return [
          dialect.insertSelect(relation, columns, await translated((text) => text, part(statement.select))),
        ];
      }
      case "values": {
        const { relation, columns } = target(statement.target, statement.columns);
        const selects: string[] = [];
        for (const row of statement.rows) {
          const cells: string[] = [];
          for (const cell of row) cells.push(await expression(cell, ""));
          selects.push(`SELECT ${cells.join(", ")}`);
        }
        return [dialect.insertSelect(relation, columns, selects.join("\nUNION ALL\n"))];
      }
      case "delete": {
        const from = await named(statement);
        return [`DELETE FROM ${from.text}${await condition(statement.where, from.query)}`];
      }
      case "update": {
        const from = await named(statement);
        const set: string[] = [];
        for (const { column, value } of statement.set)
          set.push(`${dialect.identifier(column)} = ${await expression(value, ` FROM ${from.query}`)}`);
        return [`UPDATE ${from.text} SET ${set.join(", ")}${await condition(statement.where, from.query)}`];
      }
      case "declare": {
        const type = parseColumnType(statement.type);
        if (type === undefined)
          throw new SlaError({ code: "SLA303", message: `"${statement.type}" is no type of MySQL's` });
        for (const name of statement.names)
          locals.set(name.toLowerCase(), {
            type,
            literal: statement.value === null ? "NULL" : await evaluate(statement.value, type),
          });
        return [];
      }
      case "set":
        for (const { name, value } of statement.assignments) {
          const local = locals.get(name.toLowerCase());
          if (local === undefined)
            throw new SlaError({
              code: "SLA303",
              message: `SET ${name}: there is no such parameter or variable`,
              hint: `Declare it: DECLARE ${name} INT;`,
            });
          local.literal = await evaluate(value, local.type);
        }
        return [];
    }
  }

  /** A table of the procedure's own, by the name of the one that the run builds. */
  function target(
    span: Span,
    columns: readonly string[] | null,
  ): { relation: Relation; columns: string[]; name: string } {
    const [, schema = "", identifier = ""] =
      /^`((?:[^`]|``)*)`\s*\.\s*`((?:[^`]|``)*)`$/.exec(body.code.slice(span.start, span.end)) ?? [];
    const relation = {
      schema: schema.replaceAll("``", "`"),
      identifier: identifier.replaceAll("``", "`"),
    };
    const table = node.tables.find(
      ({ schema: own, alias }) =>
        relationKey(writes({ schema: own, identifier: alias })) === relationKey(relation),
    );
    if (table === undefined)
      throw new SlaError({ code: "SLA211", message: `${relation.identifier} is no table of the procedure` });
    return { relation, columns: [...(columns ?? table.columns.map(({ name }) => name))], name: table.name };
  }

  async function named({
    target: span,
    alias,
  }: {
    target: Span;
    alias: string | null;
  }): Promise<{ text: string; query: string }> {
    const { relation, name } = target(span, null);
    const { dialect } = adapter;
    const as = alias ?? name;
    const backticked = (text: string) => `\`${text.replaceAll("`", "``")}\``;
    return {
      text: `${dialect.relation(relation)} AS ${dialect.identifier(as)}`,
      query: `${backticked(relation.schema)}.${backticked(relation.identifier)} AS ${backticked(as)}`,
    };
  }

  async function condition(where: Span | null, from: string): Promise<string> {
    if (where === null) return "";
    const query = await translated((text) => `SELECT 1 FROM ${from} WHERE (${text})`, part(where));
    return ` WHERE ${query.slice(query.indexOf("WHERE ") + "WHERE ".length)}`;
  }

  async function expression(span: Span, from: string): Promise<string> {
    const query = await translated((text) => `SELECT (${text}) AS \`__sla_value\`${from}`, part(span));
    return query.slice("SELECT ".length, query.lastIndexOf('AS "__sla_value"')).trimEnd();
  }

  /** The value of an expression as the variable's type holds it, as a literal of MySQL's SQL. */
  async function evaluate(span: Span, type: ColumnType): Promise<string> {
    const { dialect } = adapter;
    const value = await expression(span, "");
    // Only a run knows values; what is checked without one is checked with NULL.
    if (connection === null) return "NULL";
    const [row] = await connection.query(`SELECT CAST(${value} AS ${dialect.columnType(type)}) AS v`);
    return literalOf(row?.v ?? null, type);
  }
}

function literalOf(value: unknown, type: ColumnType): string {
  if (value === null) return "NULL";
  const text = String(value);
  switch (type.kind) {
    case "date":
      return `CAST('${text.slice(0, 10)}' AS DATE)`;
    case "datetime":
    case "timestamp":
      return `CAST('${text}' AS DATETIME${type.precision > 0 ? `(${type.precision})` : ""})`;
    case "decimal":
      return wrapped(Number(text).toFixed(type.scale));
    case "float":
    case "double":
      return wrapped(Number(text).toExponential());
    case "tinyint":
    case "smallint":
    case "mediumint":
    case "int":
    case "bigint":
    case "boolean":
      return wrapped(text);
    default:
      return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
  }
}

function wrapped(text: string): string {
  return text.startsWith("-") ? `(${text})` : text;
}

function offsetOf(text: string, line: number, column: number): number {
  return (
    text
      .split("\n")
      .slice(0, line - 1)
      .join("\n").length +
    (line > 1 ? 1 : 0) +
    column -
    1
  );
}
