import { type Relation, relationKey } from "../manifest/index.js";
import type { Publication } from "../materializations/index.js";

/** What this run has built and not yet published: who reads such a relation in this run reads its stand-in. */
export class StandIns {
  readonly #now = new Map<string, Relation>();

  add({ standIns }: Publication): void {
    for (const { live, now } of standIns) this.#now.set(relationKey(live), now);
  }

  /** The relation to read in the place of a live one. */
  resolve(live: Relation): Relation {
    return this.#now.get(relationKey(live)) ?? live;
  }
}
