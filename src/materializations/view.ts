import { clearLeftovers, shadowOf } from "./shadow.js";
import type { SelectInput, Step } from "./step.js";

/** A view: replaced in one statement, or, where a table stands in its place, swapped with it. */
export function view(input: SelectInput): Step[] {
  const { dialect, relation, select } = input;
  const existing = input.existing(relation);
  if (existing === null || existing.type === "view") {
    return [{ kind: "execute", sql: dialect.createOrReplaceView(relation, select), counted: false }];
  }
  const shadow = shadowOf(relation);
  return [
    ...clearLeftovers(input, relation),
    { kind: "execute", sql: dialect.createView(shadow, select), counted: false },
    { kind: "publish", swaps: [{ live: relation, shadow, existing, type: "view" }] },
  ];
}
