import { type Fields, fieldsOf, list, type Node, typeOf } from "../tree.js";
import type { Rewriter } from "./context.js";

interface Window {
  key: string;
  partitioned: boolean;
  ordered: boolean;
}

/**
 * MariaDB (10.11 measured) computes wrong values, without a word, where one SELECT has `OVER ()`, a window that is ordered but not
 * partitioned, and a third window beside them.
 */
export function checkWindowsTogether(select: Fields, rewriter: Rewriter, at: Node): void {
  const windows = new Map<string, Window>();
  for (const over of windowsIn([select.expressions, select.order_by])) {
    const window = resolved(over, select);
    windows.set(window.key, window);
  }
  const all = [...windows.values()];
  if (all.length < 3) return;
  const everything = all.some(({ partitioned, ordered }) => !partitioned && !ordered);
  const orderedOnly = all.some(({ partitioned, ordered }) => !partitioned && ordered);
  if (!everything || !orderedOnly) return;
  rewriter.refuse(
    "OVER () beside an ordered window and a third one: MariaDB computes wrong values without an error",
    "Compute the totals over all rows in a CTE of their own and join them.",
    at,
  );
}

/** The windows used in a tree, subqueries aside. */
function windowsIn(tree: unknown): Fields[] {
  if (tree === null || typeof tree !== "object") return [];
  if (Array.isArray(tree)) return tree.flatMap(windowsIn);
  const node = tree as Node;
  const type = typeOf(node);
  if (type === "select" || type === "union" || type === "intersect" || type === "except") return [];
  const inside = Object.values(tree).flatMap(windowsIn);
  return type === "window_function" ? [fieldsOf(node).over as Fields, ...inside] : inside;
}

function resolved(over: Fields, select: Fields): Window {
  const name = (over.window_name as { name: string } | null)?.name.toLowerCase();
  const base = list<Fields>(select, "windows").find(
    (window) => (window.name as { name: string }).name.toLowerCase() === name,
  );
  const spec = base === undefined ? undefined : (base.spec as Fields);
  const partition = [...(spec ? list(spec, "partition_by") : []), ...list(over, "partition_by")];
  const order = [...(spec ? list(spec, "order_by") : []), ...list(over, "order_by")];
  return {
    key: JSON.stringify([partition, order], (key, value) => (key === "span" ? undefined : value)),
    partitioned: partition.length > 0,
    ordered: order.length > 0,
  };
}
