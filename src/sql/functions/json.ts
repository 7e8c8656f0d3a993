import type { Call, Rewriter } from "../rewrite/context.js";
import { call, cast, type Node, number, string, stringValue } from "../tree.js";
import { type FunctionRules, scalar } from "./rule.js";

/** Reading JSON. Paths are literals of members and positions: `$.a."b c"[0]`. */
export const JSON_FUNCTIONS: FunctionRules = {
  JSON_CONTAINS: scalar("any any literal?", "boolean", ([document, candidate], written, rewriter) => {
    const path = written.args[2] === undefined ? "$" : portablePath(written, 2, rewriter);
    if (path === undefined) return { node: number(0), kind: "boolean" };
    const inner = call("json_extract", cast(document!.node, "JSON"), string(path));
    return call("sla_json_contains", inner, cast(candidate!.node, "JSON"));
  }),
  JSON_CONTAINS_PATH: scalar("any literal literal", "boolean", ([document], written, rewriter) => {
    const path = portablePath(written, 2, rewriter);
    if (path === undefined) return { node: number(0), kind: "boolean" };
    return call("sla_json_exists", cast(document!.node, "JSON"), string(path));
  }),
  JSON_EXTRACT: scalar("any literal", "json", ([document], written, rewriter) => {
    const path = portablePath(written, 1, rewriter);
    if (path === undefined) return { node: { null: null as never }, kind: "json" };
    return call("json_extract", cast(document!.node, "JSON"), string(path));
  }),
  JSON_LENGTH: scalar("any literal?", "integer", ([document], written, rewriter) => {
    const path = written.args[1] === undefined ? "$" : portablePath(written, 1, rewriter);
    if (path === undefined) return { node: number(0), kind: "integer" };
    return call("sla_json_length", call("json_extract", cast(document!.node, "JSON"), string(path)));
  }),
  JSON_UNQUOTE: scalar("any", "text", ([value]) => call("sla_json_unquote", value!.node)),
  JSON_VALID: scalar("any", "boolean", ([value]) => call("json_valid", value!.node)),
};

const PATH = /^\$(?:\.(?:[A-Za-z_][A-Za-z0-9_]*|"[^"\\]+")|\[\d+\])*$/;

function portablePath(written: Call, at: number, rewriter: Rewriter): string | undefined {
  const node = written.args[at] as Node;
  const path = stringValue(node);
  if (path !== undefined && PATH.test(path)) return path;
  rewriter.refuse(
    "a JSON path must be a string of members and positions",
    "Write it like '$.member[0].\"another member\"', without * and without spaces.",
    written.node,
  );
  return undefined;
}
