import type { DirectSubtype, IndirectSubtype, LineageTransformation } from "../../manifest/index.js";

/** A column of a relation that the query reads, and how it takes part. */
export type QueryInput = LineageTransformation & { relation: string; column: string };

/** What something in a query is made of; `unknown` says why there may be more. */
export interface Derived {
  readonly inputs: ReadonlyMap<string, QueryInput>;
  readonly unknown: string | undefined;
}

/** Made of no column: a constant. */
export const NOTHING: Derived = { inputs: new Map(), unknown: undefined };

/** The value of a column as it is. */
export function ofColumn(relation: string, column: string): Derived {
  return of([{ relation, column, type: "DIRECT", subtype: "IDENTITY" }]);
}

/** What cannot be told, and why. */
export function unknown(reason: string): Derived {
  return { inputs: NOTHING.inputs, unknown: reason };
}

/** All of it together. */
export function merged(parts: readonly Derived[]): Derived {
  const some = parts.filter((part) => part.inputs.size > 0 || part.unknown !== undefined);
  if (some.length < 2) return some[0] ?? NOTHING;
  const inputs = new Map<string, QueryInput>();
  for (const part of some) for (const [key, input] of part.inputs) inputs.set(key, input);
  return { inputs, unknown: some.find((part) => part.unknown !== undefined)?.unknown };
}

/** An expression of it. */
export function transformed(derived: Derived): Derived {
  return direct(derived, (subtype) => (subtype === "IDENTITY" ? "TRANSFORMATION" : subtype));
}

/** One value for several rows of it. */
export function aggregated(derived: Derived): Derived {
  return direct(derived, () => "AGGREGATION");
}

/** What it decides without being passed on; how it came about does not matter any more. */
export function indirect(derived: Derived, subtype: IndirectSubtype): Derived {
  if (derived.inputs.size === 0) return derived;
  const { unknown } = derived;
  return {
    ...of(
      [...derived.inputs.values()].map(({ relation, column }) => ({
        relation,
        column,
        type: "INDIRECT",
        subtype,
      })),
    ),
    unknown,
  };
}

function direct(derived: Derived, change: (subtype: DirectSubtype) => DirectSubtype): Derived {
  if (derived.inputs.size === 0) return derived;
  const { unknown } = derived;
  return {
    ...of(
      [...derived.inputs.values()].map((input) =>
        input.type === "DIRECT" ? { ...input, subtype: change(input.subtype) } : input,
      ),
    ),
    unknown,
  };
}

function of(inputs: readonly QueryInput[]): Derived {
  const byKey = new Map(
    inputs.map((input) => [`${input.relation}\0${input.column.toLowerCase()}\0${input.subtype}`, input]),
  );
  return { inputs: byKey, unknown: undefined };
}
