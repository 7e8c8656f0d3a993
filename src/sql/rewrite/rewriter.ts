import { groupConcat } from "../functions/group-concat.js";
import { FUNCTIONS } from "../functions/index.js";
import type { FunctionRule } from "../functions/rule.js";
import { isNumeric, isTemporal } from "../kind.js";
import { encodePattern, portablePattern } from "../pattern.js";
import { type Prepared, writtenCall } from "../prepare.js";
import type { Problem } from "../problem.js";
import {
  call,
  cast,
  child,
  type Fields,
  fieldsOf,
  list,
  type Node,
  NULL,
  paren,
  spanStart,
  string,
  stringValue,
  typeOf,
} from "../tree.js";
import { ARITHMETIC } from "./arithmetic.js";
import { ATOMS } from "./atom.js";
import { COMPARISON } from "./comparison.js";
import type { Call, Rewriter, Typed } from "./context.js";
import { asInteger, LOGIC } from "./logic.js";
import { quoteName } from "./name.js";
import { rewriteOutermost, rewriteQuery } from "./query.js";
import type { NodeRules } from "./rule.js";
import { TEXT_DIFFERS } from "./text-of.js";
import { rewriteWindow } from "./window.js";

/** What is done to each type of node; a type that is not here is not part of the portable subset. */
const RULES: NodeRules = { ...ATOMS, ...LOGIC, ...COMPARISON, ...ARITHMETIC };

/** Turns a parsed query into one that DuckDB understands, and collects what no engine may be asked. */
export class TreeRewriter implements Rewriter {
  readonly problems: Problem[] = [];
  readonly #prepared: Prepared;

  constructor(prepared: Prepared) {
    this.#prepared = prepared;
  }

  /** The whole text; `names` are MySQL's names for the columns of its first SELECT. */
  outermost(node: Node, names: readonly string[]): Node {
    return rewriteOutermost(node, names, this);
  }

  query(node: Node): Node {
    return rewriteQuery(node, this);
  }

  value(node: Node): Typed {
    const rewritten = this.#rewrite(node);
    return rewritten.kind === "boolean" ? asInteger(rewritten) : rewritten;
  }

  condition(node: Node): Node {
    const { node: condition, kind } = this.#rewrite(node);
    if (kind === "text" || kind === "json") {
      return this.refuse("text stands where a condition is expected", "Compare it with something.", node)
        .node;
    }
    return kind === "boolean" || kind === "unknown" ? condition : paren(cast(condition, "BOOLEAN"));
  }

  text({ node, kind }: Typed, at: Node): Node {
    if (kind === "text") return node;
    const refusal = TEXT_DIFFERS[kind];
    if (refusal !== undefined) return this.refuse(refusal.message, refusal.hint, at).node;
    return call("sla_text", node);
  }

  refuse(message: string, hint: string, at: Node): Typed {
    return this.#report("SLA303", message, hint, at);
  }

  invalid(message: string, hint: string, at: Node): Typed {
    return this.#report("SLA301", message, hint, at);
  }

  nameOf(node: Node): string | undefined {
    const name = String(fieldsOf(node).name);
    return writtenCall(this.#prepared, name)?.name;
  }

  hasAggregate(tree: unknown): boolean {
    if (tree === null || typeof tree !== "object") return false;
    if (Array.isArray(tree)) return tree.some((item) => this.hasAggregate(item));
    const node = tree as Node;
    const type = typeOf(node);
    if (type === "group_concat") return true;
    if (type === "select" || type === "window_function") return false;
    if (type === "function" && FUNCTIONS[this.nameOf(node) ?? ""]?.scope === "aggregate") return true;
    return Object.values(tree).some((value) => this.hasAggregate(value));
  }

  firstMatch(fields: Fields): Typed | undefined {
    const [text, pattern] = list(fields, "args");
    const written = writtenCall(this.#prepared, String(fields.name));
    if (written?.name !== "REGEXP_SUBSTR" || text === undefined || pattern === undefined) return undefined;
    this.#allowed.add(written.token.start);
    const regexp = portablePattern(pattern, this);
    if (regexp === undefined) return { node: NULL, kind: "text" };
    const node = call("regexp_extract", this.text(this.value(text), text), string(encodePattern(regexp)));
    return { node, kind: "text" };
  }

  /** Offsets of calls that are refused alone and allowed where they were found. */
  readonly #allowed = new Set<number>();

  get allowed(): ReadonlySet<number> {
    return this.#allowed;
  }

  #rewrite(node: Node): Typed {
    const type = typeOf(node);
    const fields = fieldsOf(node);
    switch (type) {
      case "paren": {
        const inner = this.#rewrite(child(fields, "this")!);
        return { node: typeOf(inner.node) === "paren" ? inner.node : paren(inner.node), kind: inner.kind };
      }
      case "column":
        return {
          node: { column: { ...fields, name: quoteName(fields.name), table: quoteName(fields.table) } },
          kind: "unknown",
        };
      case "dot":
        return { node, kind: "unknown" };
      case "subquery":
        return { node: this.query(node), kind: "unknown" };
      case "window_function":
        return this.#windowFunction(fields, node);
      case "function":
        return this.#function(fields, undefined, node);
      case "group_concat":
        return groupConcat(node, this);
      default: {
        const rule = RULES[type];
        if (rule !== undefined) return rule(fields, this, node);
        const name = type.replaceAll("_", " ").toUpperCase();
        return this.refuse(`${name} is not part of the portable subset`, "See docs/portable-sql.md.", node);
      }
    }
  }

  #windowFunction(fields: Fields, node: Node): Typed {
    const inner = child(fields, "this")!;
    if (typeOf(inner) !== "function") {
      return this.refuse(
        `${typeOf(inner).replaceAll("_", " ").toUpperCase()} OVER is not portable`,
        "Aggregate in a subquery.",
        node,
      );
    }
    const over = rewriteWindow(fields.over as Fields, this, node);
    return this.#function(fieldsOf(inner), over, inner);
  }

  #function(fields: Fields, over: Fields | undefined, node: Node): Typed {
    const written = writtenCall(this.#prepared, String(fields.name));
    const name = written?.name ?? String(fields.name).toUpperCase();
    const rule = FUNCTIONS[name];
    // Reported where the text was read, with the position of the name.
    if (rule === undefined) return { node: NULL, kind: "unknown" };
    const args = list(fields, "args");
    const call: Call = { name, args, distinct: fields.distinct === true, over, node };
    if (!this.#fits(rule, call)) return { node: NULL, kind: "unknown" };
    return rule.write(
      args.map((arg, at) => this.#argument(rule, arg, at, call)),
      call,
      this,
    );
  }

  #fits(rule: FunctionRule, { name, args, over, distinct, node }: Call): boolean {
    const most = rule.repeats ? Number.POSITIVE_INFINITY : rule.parameters.length;
    if (args.length < rule.required || args.length > most) {
      const expected = rule.repeats
        ? `at least ${rule.required}`
        : most === rule.required
          ? most
          : `${rule.required} to ${most}`;
      this.invalid(
        `${name} takes ${expected} arguments, found ${args.length}`,
        `Write ${name}(${rule.signature}).`,
        node,
      );
      return false;
    }
    if (over === undefined && rule.scope === "window") {
      this.invalid(`${name} needs OVER (…)`, `Write ${name}(${rule.signature}) OVER (ORDER BY …).`, node);
      return false;
    }
    if (over !== undefined && rule.scope === "scalar") {
      this.invalid(`${name} has no OVER`, "Only aggregates and window functions have one.", node);
      return false;
    }
    if (distinct && (over !== undefined || rule.scope !== "aggregate")) {
      this.refuse(`${name} takes no DISTINCT here`, "Take the distinct rows in a subquery.", node);
      return false;
    }
    return true;
  }

  #argument(rule: FunctionRule, arg: Node, at: number, { name, node }: Call): Typed {
    const parameter = rule.parameters[Math.min(at, rule.parameters.length - 1)]!;
    if (parameter === "condition") return { node: this.condition(arg), kind: "boolean" };
    if (parameter === "raw") return { node: arg, kind: "unknown" };
    const value = this.value(arg);
    switch (parameter) {
      case "text":
        return { node: this.text(value, node), kind: "text" };
      case "number":
        if (value.kind === "text" || value.kind === "json" || isTemporal(value.kind)) {
          return this.refuse(
            `${name} is given ${value.kind} where it takes a number`,
            "CAST it AS SIGNED or AS DECIMAL(p,s).",
            node,
          );
        }
        return value;
      case "date":
        return this.#date(value, name, node);
      default:
        return value;
    }
  }

  /** A date argument: a string that holds one is read as MySQL reads it; a column may be text. */
  #date(value: Typed, name: string, at: Node): Typed {
    if (isTemporal(value.kind) || value.kind === "null") return value;
    if (isNumeric(value.kind) || value.kind === "json") {
      return this.refuse(
        `${name} is given ${value.kind === "json" ? "JSON" : "a number"} where it takes a date`,
        "CAST it AS DATE.",
        at,
      );
    }
    const written = stringValue(value.node);
    if (written === undefined) return { node: call("sla_temporal", value.node), kind: "unknown" };
    if (/^\d{4}-\d{1,2}-\d{1,2}$/.test(written)) return { node: cast(value.node, "DATE"), kind: "date" };
    if (/^\d{4}-\d{1,2}-\d{1,2}[ T]\d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,6})?)?$/.test(written)) {
      return { node: cast(value.node, "TIMESTAMP"), kind: "datetime" };
    }
    return this.refuse(`'${written}' is no date`, "Write '2024-01-31' or '2024-01-31 12:00:00'.", at);
  }

  #report(code: "SLA301" | "SLA303", message: string, hint: string, at: Node): Typed {
    const { start, end } = this.#place(at);
    this.problems.push({ code, message, hint, start, end });
    return { node: NULL, kind: "unknown" };
  }

  #place(node: Node): { start: number; end: number } {
    const called =
      typeOf(node) === "function" ? writtenCall(this.#prepared, String(fieldsOf(node).name)) : undefined;
    if (called !== undefined) return called.token;
    const inside = firstCall(node, this.#prepared);
    const span = spanStart(node);
    const start =
      span === undefined
        ? inside
        : Math.min(this.#prepared.map.sourceOffset(span), inside ?? Number.POSITIVE_INFINITY);
    const token = this.#prepared.tokens.find(({ end }) => end > (start ?? 0));
    return token ?? { start: 0, end: 1 };
  }
}

function firstCall(tree: unknown, prepared: Prepared): number | undefined {
  if (tree === null || typeof tree !== "object") return undefined;
  let first: number | undefined;
  for (const [key, value] of Object.entries(tree)) {
    const found =
      key === "name" && typeof value === "string"
        ? writtenCall(prepared, value)?.token.start
        : firstCall(value, prepared);
    if (found !== undefined && (first === undefined || found < first)) first = found;
  }
  return first;
}
