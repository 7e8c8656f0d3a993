import { besideLive } from "./shadow.js";
import type { RowsInput, Step } from "./step.js";

/** Tables from rows that the node brings itself: all are created beside the live ones, filled, and published together. */
export function rows(input: RowsInput): Step[] {
  const beside = input.tables.map((table) => ({ name: table.name, ...besideLive(input, table) }));
  return [
    ...beside.flatMap(({ create }) => create),
    { kind: "load", tables: beside.map(({ name, shadow }) => ({ name, table: shadow })) },
    { kind: "publish", swaps: beside.map(({ swap }) => swap) },
  ];
}
