import { cast, type Fields, number, string } from "../tree.js";
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
        return rewriter.refuse(
          `a literal of the type ${String(fields.literal_type)} is not portable`,
          "Write a number, a string, DATE '2024-01-31' or TIMESTAMP '2024-01-31 12:00:00'.",
          node,
        );
    }
  },
  parameter: (_fields: Fields, rewriter, node) =>
    rewriter.refuse("variables are not portable", 'Use {{var "name"}}.', node),
};
