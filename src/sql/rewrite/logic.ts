import { commonKind } from "../kind.js";
import { binary, cast, child, type Fields, list, type Node, paren, searchedCase } from "../tree.js";
import { alignText } from "./align-text.js";
import { type Rewriter, type Typed, truth } from "./context.js";
import type { NodeRules } from "./rule.js";

/** Truth: AND, OR, NOT, XOR, IS TRUE, EXISTS, and CASE, which chooses by it. */
export const LOGIC: NodeRules = {
  and: (fields, rewriter) => truth(junction("and", fields, rewriter)),
  or: (fields, rewriter) => truth(junction("or", fields, rewriter)),
  not: (fields, rewriter) => truth(not(rewriter.condition(child(fields, "this")!))),
  xor: (fields, rewriter) => {
    const operand = (name: string): Node => cast(rewriter.condition(child(fields, name)!), "BOOLEAN");
    return truth(binary("neq", operand("this"), operand("expression")));
  },
  is_null: (fields, rewriter) =>
    truth(paren({ is_null: { ...fields, this: rewriter.value(child(fields, "this")!).node } })),
  is_true: (fields, rewriter) => truth(test("is_true", fields, rewriter)),
  is_false: (fields, rewriter) => truth(test("is_false", fields, rewriter)),
  exists: (fields, rewriter) =>
    truth({ exists: { ...fields, this: rewriter.query(child(fields, "this")!) } }),
  case: (fields, rewriter, node) => {
    const operand = child(fields, "operand");
    const sought = operand === undefined ? undefined : rewriter.value(operand);
    const whens = list<[Node, Node]>(fields, "whens");
    const otherwise = child(fields, "else_");
    const branches = [...whens.map(([, then]) => then), ...(otherwise === undefined ? [] : [otherwise])];
    const results = alignText(
      branches.map((branch) => rewriter.value(branch)),
      rewriter,
      node,
    );
    const conditions = whens.map(([when]) => (sought ? rewriter.value(when).node : rewriter.condition(when)));
    const pairs = conditions.map((condition, at): [Node, Node] => [condition, results[at]!.node]);
    const last = otherwise === undefined ? null : results.at(-1)!.node;
    const written = searchedCase(pairs, last);
    const kind = commonKind(results.map((result) => result.kind));
    if (sought === undefined) return { node: written, kind };
    return { node: { case: { operand: sought.node, whens: pairs, else_: last } }, kind };
  },
};

function junction(type: string, fields: Fields, rewriter: Rewriter): Node {
  return binary(
    type,
    rewriter.condition(child(fields, "left")!),
    rewriter.condition(child(fields, "right")!),
  );
}

function not(condition: Node): Node {
  return paren({ not: { this: paren(condition) } });
}

function test(type: string, fields: Fields, rewriter: Rewriter): Node {
  return paren({ [type]: { ...fields, this: cast(rewriter.condition(child(fields, "this")!), "BOOLEAN") } });
}

/** A truth value as MySQL's 1, 0 or NULL. */
export function asInteger({ node }: Typed): Typed {
  return { node: cast(node, "INTEGER"), kind: "integer" };
}
