import { retiredRelation, type Swap, type TableDefinition } from "../adapters/index.js";
import { type ExistingRelation, fitIdentifier, type Relation } from "../manifest/index.js";
import { type BuildInput, execute, type Step } from "./step.js";

const SUFFIX = "__sla_new";

/** Where a relation is built before it takes the live one's place: the same schema, a name of its own. */
export function shadowOf(relation: Relation): Relation {
  return { schema: relation.schema, identifier: fitIdentifier(relation.identifier, SUFFIX) };
}

/** Where rows wait that are going to change a live table. */
export function batchOf(relation: Relation, kind = "batch"): Relation {
  return {
    schema: relation.schema,
    identifier: fitIdentifier(relation.identifier, `__sla_${kind}${SUFFIX}`),
  };
}

/** Whether a relation has a name that only building and publishing give: what a run finds of them, an earlier one left. */
export function isLeftover(relation: ExistingRelation): boolean {
  const retired = retiredRelation({ schema: "", identifier: "" }).identifier;
  return relation.identifier.endsWith(SUFFIX) || relation.identifier.endsWith(retired);
}

/** The shadow of a table, created empty, typed and keyed; what follows when it is filled; and how it will take the live one's place. */
export function besideLive(
  input: BuildInput,
  table: TableDefinition,
): { shadow: TableDefinition; create: Step[]; analyze: Step[]; swap: Swap } {
  const live = table.relation;
  const shadow = { ...table, relation: shadowOf(live) };
  return {
    shadow,
    create: input.dialect.createTable(shadow).map(execute),
    analyze: input.dialect.analyze(shadow.relation).map(execute),
    swap: { live, shadow: shadow.relation, existing: input.existing(live), type: "table" },
  };
}
