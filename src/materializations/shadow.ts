import { retiredRelation, type Swap, type TableDefinition } from "../adapters/index.js";
import { fitIdentifier, type Relation } from "../manifest/index.js";
import type { BuildInput, Step } from "./step.js";

/** Where a relation is built before it takes the live one's place: the same schema, a name of its own. */
export function shadowOf(relation: Relation): Relation {
  return { schema: relation.schema, identifier: fitIdentifier(relation.identifier, "__sla_new") };
}

/** Statements that remove what a killed run left under the names that building and publishing this relation will use. */
export function clearLeftovers(input: BuildInput, live: Relation): Step[] {
  return [shadowOf(live), retiredRelation(live)].flatMap((name): Step[] => {
    const left = input.existing(name);
    return left === null ? [] : [{ kind: "execute", sql: input.dialect.drop(left), counted: false }];
  });
}

/** Creates the shadow of a table, empty, typed and keyed; `fill` comes between the two results. */
export function besideLive(
  input: BuildInput,
  table: TableDefinition,
): { shadow: TableDefinition; create: Step[]; swap: Swap } {
  const live = table.relation;
  const shadow = { ...table, relation: shadowOf(live) };
  const create = input.dialect
    .createTable(shadow)
    .map((sql): Step => ({ kind: "execute", sql, counted: false }));
  return {
    shadow,
    create: [...clearLeftovers(input, live), ...create],
    swap: { live, shadow: shadow.relation, existing: input.existing(live), type: "table" },
  };
}
