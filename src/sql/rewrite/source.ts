import { child, type Fields, fieldsOf, list, type Node, typeOf } from "../tree.js";
import type { Rewriter } from "./context.js";

const KINDS = new Set([
  "Inner",
  "Left",
  "Right",
  "Cross",
  "Natural",
  "NaturalLeft",
  "NaturalRight",
  "Implicit",
]);

/** FROM; MySQL's DUAL is a table that is not there. */
export function rewriteFrom(fields: Fields, rewriter: Rewriter): Fields | null {
  const from = fields.from as Fields | null | undefined;
  if (from === null || from === undefined) return null;
  const sources = list(from, "expressions").filter((source) => !isDual(source));
  if (sources.length === 0) return null;
  return { ...from, expressions: sources.map((source) => rewriteSource(source, rewriter)) };
}

/** One JOIN of a SELECT. */
export function rewriteJoin(join: Fields, rewriter: Rewriter, at: Node): Fields {
  const kind = String(join.kind);
  if (!KINDS.has(kind)) {
    rewriter.refuseUnknown(`${kind.toUpperCase()} JOIN`, at);
  }
  const on = child(join, "on");
  return {
    ...join,
    kind: kind === "Inner" && on === undefined && list(join, "using").length === 0 ? "Cross" : kind,
    this: rewriteSource(child(join, "this")!, rewriter),
    on: on === undefined ? null : rewriter.condition(on),
  };
}

function isDual(source: Node): boolean {
  if (typeOf(source) !== "table") return false;
  const fields = fieldsOf(source);
  const { name, quoted } = fields.name as { name: string; quoted: boolean };
  return name.toUpperCase() === "DUAL" && !quoted && fields.schema === null && fields.alias === null;
}

function rewriteSource(source: Node, rewriter: Rewriter): Node {
  const type = typeOf(source);
  const fields = fieldsOf(source);
  if (type === "subquery") return rewriter.query(source);
  if (type === "paren")
    return { paren: { ...fields, this: rewriteSource(child(fields, "this")!, rewriter) } };
  if (type === "joined_table") {
    return {
      joined_table: {
        ...fields,
        left: rewriteSource(child(fields, "left")!, rewriter),
        joins: list<Fields>(fields, "joins").map((join) => rewriteJoin(join, rewriter, source)),
      },
    };
  }
  if (type !== "table") {
    return rewriter.refuse(
      `${type.replaceAll("_", " ")} is not a source that all engines read`,
      "Select from tables and subqueries.",
      source,
    ).node;
  }
  return source;
}
