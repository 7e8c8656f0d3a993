import type { Node } from "../tree.js";
import type { Rewriter, Typed } from "./context.js";

/** Branches of which one is text are text in MySQL, all of them: `IF(x, 1, 'none')` is '1' or 'none'. */
export function alignText(branches: readonly Typed[], rewriter: Rewriter, at: Node): Typed[] {
  if (!branches.some(({ kind }) => kind === "text")) return [...branches];
  return branches.map((branch) =>
    branch.kind === "null" ? branch : { node: rewriter.text(branch, at), kind: "text" },
  );
}
