import { cast, number, string } from "../tree.js";
import type { NodeRules } from "./rule.js";

/** What has no parts: literals, columns, `*`. */
export const ATOMS: NodeRules = {
  column: (_fields, _rewriter, node) => ({ node, kind: "unknown" }),
  star: (_fields, _rewriter, node) => ({ node, kind: "unknown" }),
  null: (_fields, _rewriter, node) => ({ node, kind: "null" }),
  boolean: (fields) => ({ node: number(fields.value === true ? 1 : 0), kind: "integer" }),
  literal: (fields, rewriter, node) => {
    const value = String(fields.value);
    switch (fields.literal_type) {
      case "number":
        return { node, kind: /e/i.test(value) ? "double" : value.includes(".") ? "decimal" : "integer" };
      case "string":
        return { node, kind: "text" };
      case "date":
        return { node: cast(string(value), "DATE"), kind: "date" };
      case "timestamp":
        return { node: cast(string(value), "TIMESTAMP"), kind: "datetime" };
      default:
        return rewriter.refuseUnknown(`a literal of the type ${String(fields.literal_type)}`, node);
    }
  },
  dot: (_fields, _rewriter, node) => ({ node, kind: "unknown" }),
};
