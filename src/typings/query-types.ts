import type { ColumnLineage, ColumnType, TypedColumn } from "../manifest/index.js";
import { isWide, typescriptType } from "./typescript-type.js";

/** The type of a node's column, as far as it is known: `table.column` for a node that makes several tables. */
export type KnownType = (node: string, column: string) => ColumnType | null | undefined;

/** What stands for integers that are known to be small. */
export const WHOLE: ColumnType = { kind: "int", unsigned: false };

/**
 * What the columns of a query are, from what the engine says of them and from where they come. A column that is passed on as it is has the
 * type of its origin (engines forget the members of an ENUM); engines count with 64 bits where no value needs them, so an integer may be
 * beyond 2^53 only if something that it is made of may.
 */
export function queryTypes(
  node: string,
  described: readonly TypedColumn[],
  lineage: ColumnLineage,
  known: KnownType,
): (ColumnType | null)[] {
  const origins = lineage.nodes[node]?.columns ?? [];
  return described.map(({ name, type }) => {
    const origin = origins.find((column) => column.name.toLowerCase() === name.toLowerCase());
    if (origin === undefined || origin.status === "unknown") return type;
    const direct = origin.inputs.filter((input) => input.type === "DIRECT");
    const types = direct.map((input) => ({ ...input, is: known(input.node, input.column) }));
    if (types.some(({ is }) => is === null)) return null;
    const [only] = types;
    if (types.length === 1 && only!.subtype === "IDENTITY" && only!.is && alike(type, only!.is))
      return only!.is;
    if (!isWide(type)) return type;
    const large = types.some(
      ({ is, subtype }) =>
        is === undefined || is === null || isWide(is) || (subtype !== "AGGREGATION" && isText(is)),
    );
    return large ? type : WHOLE;
  });
}

/** Whether a value of the one may be what is read of the other. */
function alike(described: ColumnType, origin: ColumnType): boolean {
  const base = (type: ColumnType) =>
    isWide(type) ? "number" : type.kind === "enum" ? "string" : typescriptType(type);
  return base(described) === base(origin);
}

/** Text may hold a number of any size, which a query may have read from it; dates may not. */
function isText({ kind }: ColumnType): boolean {
  return /char|text|json|enum|set/.test(kind);
}
