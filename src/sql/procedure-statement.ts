import { nameOf, type Span, StatementTokens } from "./statement-tokens.js";

/** A statement of a body, as far as every engine can run it. */
export type BodyStatement = Span &
  (
    | { kind: "insert"; target: Span; columns: string[] | null; select: Span }
    | { kind: "values"; target: Span; columns: string[] | null; rows: Span[][] }
    | { kind: "delete"; target: Span; alias: string | null; where: Span | null }
    | {
        kind: "update";
        target: Span;
        alias: string | null;
        set: { column: string; value: Span }[];
        where: Span | null;
      }
    | { kind: "declare"; names: string[]; type: string; value: Span | null }
    | { kind: "set"; assignments: { name: string; value: Span }[] }
    /** Nobody sees the tables before they are published: that they change together goes without saying. */
    | { kind: "transaction" }
  );

/** A statement without its place. */
type Bare<Kind> = Kind extends BodyStatement["kind"]
  ? Omit<Extract<BodyStatement, { kind: Kind }>, keyof Span>
  : never;

/** Reads one statement, token by token. */
export class StatementReader extends StatementTokens {
  read(): BodyStatement {
    const first = this.tokens[0]!;
    const span = { start: first.start, end: this.tokens.at(-1)!.end };
    switch (first.upper) {
      case "INSERT":
        return { ...span, ...this.#insert() };
      case "DELETE":
        return { ...span, ...this.#delete() };
      case "UPDATE":
        return { ...span, ...this.#update() };
      case "TRUNCATE":
        return { ...span, ...this.#truncate() };
      case "DECLARE":
        return { ...span, ...this.#declare() };
      case "SET":
        return { ...span, ...this.#set() };
      case "START":
        this.words("START", "TRANSACTION");
        return { ...span, kind: "transaction" };
      case "COMMIT":
        return { ...span, kind: "transaction" };
      default: {
        const label = this.tokens[1]?.text === ":" ? this.tokens[2] : undefined;
        throw this.refused(label ?? first);
      }
    }
  }

  #insert(): Bare<"insert" | "values"> {
    this.words("INSERT");
    this.option("INTO");
    const target = this.target();
    const columns = this.peek()?.text === "(" && !this.opensQuery() ? this.names() : null;
    const next = this.peek();
    if (next?.upper === "VALUES" || next?.upper === "VALUE") {
      this.at += 1;
      return { kind: "values", target, columns, rows: this.#rows() };
    }
    if (next === undefined || !["SELECT", "WITH", "("].includes(next.upper)) throw this.refused(next);
    const duplicate = this.find("DUPLICATE");
    if (duplicate !== undefined)
      throw this.refused(duplicate, "ON DUPLICATE KEY UPDATE", "Write DELETE and INSERT.");
    return { kind: "insert", target, columns, select: this.rest() };
  }

  #rows(): Span[][] {
    const rows: Span[][] = [];
    for (;;) {
      const open = this.peek();
      if (open?.text !== "(") throw this.refused(open);
      this.at += 1;
      const row: Span[] = [];
      for (;;) {
        row.push(this.until((token) => token.text === "," || token.text === ")"));
        if (this.take()?.text === ")") break;
      }
      rows.push(row);
      const next = this.peek();
      if (next === undefined) return rows;
      if (next.text !== ",") throw this.refused(next, "ON DUPLICATE KEY UPDATE", "Write DELETE and INSERT.");
      this.at += 1;
    }
  }

  #delete(): Bare<"delete"> {
    this.words("DELETE", "FROM");
    const target = this.target();
    const alias = this.alias(["WHERE", "ORDER", "LIMIT"]);
    return { kind: "delete", target, alias, where: this.where() };
  }

  #truncate(): Bare<"delete"> {
    this.words("TRUNCATE");
    this.option("TABLE");
    const target = this.target();
    if (this.peek() !== undefined) throw this.refused(this.peek());
    return { kind: "delete", target, alias: null, where: null };
  }

  #update(): Bare<"update"> {
    this.words("UPDATE");
    const target = this.target();
    const alias = this.alias(["SET"]);
    this.words("SET");
    const set: { column: string; value: Span }[] = [];
    const changed = new Set<string>();
    for (;;) {
      const parts = [this.name()];
      while (this.peek()?.text === ".") {
        this.at += 1;
        parts.push(this.name());
      }
      const column = parts.at(-1)!;
      if (this.peek()?.text !== "=") throw this.refused(this.peek());
      this.at += 1;
      const from = this.at;
      const value = this.until((token) => token.text === "," || token.upper === "WHERE");
      // MySQL sets columns one after the other and reads what it has just set; others read what was there before.
      const again = this.tokens
        .slice(from, this.at)
        .find((token) => changed.has(nameOf(token).toLowerCase()));
      if (again !== undefined)
        throw this.refused(
          again,
          `${nameOf(again)}, which the same UPDATE has set before,`,
          "MySQL reads its new value, other engines the old one. Write two UPDATEs.",
        );
      changed.add(column.toLowerCase());
      set.push({ column, value });
      if (this.peek()?.text !== ",") break;
      this.at += 1;
    }
    return { kind: "update", target, alias, set, where: this.where() };
  }

  #declare(): Bare<"declare"> {
    this.words("DECLARE");
    const special = this.tokens.find(({ upper }) => ["HANDLER", "CURSOR", "CONDITION"].includes(upper));
    if (special !== undefined)
      throw this.refused(
        special,
        `DECLARE … ${special.upper}`,
        special.upper === "CURSOR"
          ? "Write one statement for all rows, with window functions."
          : "Leave it out: an error ends the procedure, and nothing of it is published.",
      );
    const names = [this.name()];
    while (this.peek()?.text === ",") {
      this.at += 1;
      names.push(this.name());
    }
    const type = this.until((token) => token.upper === "DEFAULT");
    const declared = { kind: "declare" as const, names, type: this.body.slice(type.start, type.end) };
    if (this.peek() === undefined) return { ...declared, value: null };
    this.words("DEFAULT");
    return { ...declared, value: this.rest() };
  }

  #set(): Bare<"set"> {
    this.words("SET");
    const assignments: { name: string; value: Span }[] = [];
    for (;;) {
      const at = this.peek();
      if (at === undefined || at.text === "@" || at.text === "@@" || ["SESSION", "GLOBAL"].includes(at.upper))
        throw this.refused(at, `SET ${at?.text ?? ""}`, "DECLARE a variable of the procedure.");
      const name = this.name();
      const equals = this.take();
      if (equals?.text !== "=" && equals?.text !== ":=") throw this.refused(equals ?? at);
      assignments.push({ name, value: this.until((token) => token.text === ",") });
      if (this.take() === undefined) return { kind: "set", assignments };
    }
  }

  where(): Span | null {
    if (this.peek() === undefined) return null;
    this.words("WHERE");
    const where = this.until((token) => token.upper === "ORDER" || token.upper === "LIMIT");
    if (this.peek() !== undefined) throw this.refused(this.peek(), undefined, "Name the rows in WHERE.");
    return where;
  }
}
