import { fitIdentifier, type Relation } from "../manifest/index.js";

/** Where `swap` moves a live relation on engines that cannot drop it in the same breath; `cleanup` drops it from there. */
export function retiredRelation(live: Relation): Relation {
  return { schema: live.schema, identifier: fitIdentifier(live.identifier, "__sla_old") };
}
