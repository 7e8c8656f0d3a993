import { groupConcat } from "../functions/group-concat.js";
import { FUNCTIONS } from "../functions/index.js";
import { Locator } from "../locator.js";
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
  string,
  typeOf,
} from "../tree.js";
import { checkCall, rewriteArgument } from "./arguments.js";
import { ARITHMETIC } from "./arithmetic.js";
import { ATOMS } from "./atom.js";
import { COMPARISON } from "./comparison.js";
import type { Call, Rewriter, Typed } from "./context.js";
import { refuseUnknownFields } from "./known-fields.js";
import { asInteger, LOGIC } from "./logic.js";
import { rewriteOutermost, rewriteQuery } from "./query.js";
import type { NodeRules } from "./rule.js";
import { TEXT_DIFFERS } from "./text-of.js";
import { rewriteWindow } from "./window.js";

/** What is done to each type of expression; a type that is not here is not part of the portable subset. */
const RULES: NodeRules = {
  ...ATOMS,
  ...LOGIC,
  ...COMPARISON,
  ...ARITHMETIC,
  group_concat: (_fields, rewriter, node) => groupConcat(node, rewriter),
  subquery: (_fields, rewriter, node) => ({ node: rewriter.query(node), kind: "unknown" }),
};

/** Turns a parsed query into one that DuckDB understands, and collects what no engine may be asked. */
export class TreeRewriter implements Rewriter {
  readonly problems: Problem[] = [];
  /** Offsets of calls that are refused alone and allowed where they were found. */
  readonly allowed = new Set<number>();
  readonly #prepared: Prepared;
  readonly #locator: Locator;

  constructor(prepared: Prepared) {
    this.#prepared = prepared;
    this.#locator = new Locator(prepared);
  }

  /** The whole text; `names` are MySQL's names for the columns of its first SELECT. */
  outermost(node: Node, names: readonly string[]): Node {
    refuseUnknownFields(node, this);
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
    return this.#report("SLA303", message, hint, at, false);
  }

  refuseUnknown(what: string, at: Node): Typed {
    return this.#report(
      "SLA303",
      `${what} is not part of the portable subset`,
      "See docs/portable-sql.md.",
      at,
      true,
    );
  }

  invalid(message: string, hint: string, at: Node): Typed {
    return this.#report("SLA301", message, hint, at, false);
  }

  nameOf(node: Node): string | undefined {
    return writtenCall(this.#prepared, String(fieldsOf(node).name))?.name;
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
    this.allowed.add(written.token.start);
    const regexp = portablePattern(pattern, this);
    if (regexp === undefined) return { node: NULL, kind: "text" };
    const node = call("regexp_extract", this.text(this.value(text), text), string(encodePattern(regexp)));
    return { node, kind: "text" };
  }

  #rewrite(node: Node): Typed {
    const type = typeOf(node);
    const fields = fieldsOf(node);
    if (type === "paren") {
      const inner = this.#rewrite(child(fields, "this")!);
      return typeOf(inner.node) === "paren" ? inner : { node: paren(inner.node), kind: inner.kind };
    }
    if (type === "function") return this.#function(fields, undefined, node);
    if (type === "window_function") {
      const inner = child(fields, "this")!;
      if (typeOf(inner) !== "function") return this.refuseUnknown(`${words(typeOf(inner))} OVER`, node);
      return this.#function(fieldsOf(inner), rewriteWindow(fields.over as Fields, this, node), inner);
    }
    return RULES[type]?.(fields, this, node) ?? this.refuseUnknown(words(type), node);
  }

  #function(fields: Fields, over: Fields | undefined, node: Node): Typed {
    const written = writtenCall(this.#prepared, String(fields.name));
    const name = written?.name ?? String(fields.name).toUpperCase();
    const rule = FUNCTIONS[name];
    if (rule === undefined) {
      // A call that the author wrote was reported where the text was read.
      return written === undefined ? this.refuseUnknown(name, node) : { node: NULL, kind: "unknown" };
    }
    const args = list(fields, "args");
    const call: Call = { name, args, distinct: fields.distinct === true, over, node };
    if (!checkCall(rule, call, this)) return { node: NULL, kind: "unknown" };
    return rule.write(
      args.map((_arg, at) => rewriteArgument(rule, at, call, this)),
      call,
      this,
    );
  }

  #report(code: "SLA301" | "SLA303", message: string, hint: string, at: Node, vague: boolean): Typed {
    const { start, end } = this.#locator.find(at);
    this.problems.push({ code, message, hint, start, end, vague });
    return { node: NULL, kind: "unknown" };
  }
}

function words(type: string): string {
  return type.replaceAll("_", " ").toUpperCase();
}
