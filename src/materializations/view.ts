import { NOTHING } from "./publication.js";
import { shadowOf } from "./shadow.js";
import type { BuildSteps, SelectInput } from "./step.js";

/** A view: built beside the live one on what this run has built, and made anew on live relations when they are published. */
export function view(input: SelectInput): BuildSteps {
  const { dialect, relation } = input;
  const shadow = shadowOf(relation);
  return {
    steps: [{ kind: "execute", sql: dialect.createView(shadow, input.select), counted: false }],
    publication: {
      ...NOTHING,
      standIns: [{ live: relation, now: shadow }],
      views: [{ relation, select: input.liveSelect, existing: input.existing(relation) }],
      scaffold: [{ ...shadow, type: "view" }],
    },
  };
}
