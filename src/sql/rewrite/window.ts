import { child, type Fields, list, type Node, numberValue } from "../tree.js";
import type { Rewriter } from "./context.js";

/** ORDER BY: NULL is the smallest value in MySQL, so it comes first going up and last going down. */
export function rewriteOrder(fields: Fields, rewriter: Rewriter): Fields | null {
  const order = fields.order_by as Fields | null | undefined;
  if (order === null || order === undefined) return null;
  return { ...order, expressions: list<Fields>(order, "expressions").map((item) => ordered(item, rewriter)) };
}

/** A window: OVER (…) or an entry of WINDOW. */
export function rewriteWindow(over: Fields, rewriter: Rewriter, at: Node): Fields {
  return {
    ...over,
    window_name: over.window_name,
    partition_by: list(over, "partition_by").map((key) => rewriter.value(key).node),
    order_by: list<Fields>(over, "order_by").map((item) => ordered(item, rewriter)),
    frame: rewriteFrame(over.frame as Fields | null, rewriter, at),
  };
}

function ordered(item: Fields, rewriter: Rewriter): Fields {
  if (item.nulls_first !== null && item.nulls_first !== undefined) {
    rewriter.refuse("MySQL has no NULLS FIRST or LAST", "Order by x IS NULL first.", child(item, "this")!);
  }
  return { ...item, this: rewriter.value(child(item, "this")!).node };
}

function rewriteFrame(frame: Fields | null, rewriter: Rewriter, at: Node): Fields | null {
  if (frame === null || frame === undefined) return null;
  const bounds = [frame.start, frame.end].filter((bound) => bound !== null && bound !== undefined);
  const offsets = bounds.flatMap((bound) =>
    typeof bound === "object" ? Object.values(bound as Fields) : [],
  ) as Node[];
  if (frame.kind === "Range" && offsets.length > 0) {
    rewriter.refuse(
      "RANGE frames with a distance are not known to MariaDB",
      "Join a date spine and use a ROWS frame.",
      at,
    );
  } else if (offsets.some((offset) => !/^\d+$/.test(numberValue(offset) ?? ""))) {
    rewriter.refuse(
      "a ROWS frame takes a whole number",
      "Write ROWS BETWEEN 6 PRECEDING AND CURRENT ROW.",
      at,
    );
  }
  if (frame.kind !== "Rows" && frame.kind !== "Range")
    rewriter.refuse("only ROWS and RANGE frames are portable", "Write ROWS.", at);
  if (frame.exclude !== null && frame.exclude !== undefined)
    rewriter.refuse("MySQL has no EXCLUDE in a frame", "Leave it out.", at);
  return frame;
}
