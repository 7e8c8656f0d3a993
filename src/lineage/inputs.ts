import type {
  ColumnInput,
  ColumnOrigin,
  DirectSubtype,
  IndirectSubtype,
  NodeLineage,
} from "../manifest/index.js";
import type { QueryInput } from "../sql/index.js";

/** Stands between the id of a node that makes several tables and the name of one of them. */
export const TABLE = "\0";

/** Inputs of a query, whose relations are called by the ids of their nodes, as inputs of a node: in a fixed order, each once. */
export function toInputs(inputs: readonly QueryInput[]): ColumnInput[] {
  return unique(
    inputs.map(({ relation, ...input }) => {
      const [node = "", table] = relation.split(TABLE);
      return { node, ...input, column: table ? `${table}.${input.column}` : input.column };
    }),
  );
}

/** Each input once, by node, column and how it takes part. */
export function unique(inputs: readonly ColumnInput[]): ColumnInput[] {
  const byKey = new Map(
    inputs.map((input) => [`${input.node} ${input.column} ${RANK[input.subtype]}`, input]),
  );
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, input]) => input);
}

const RANK: Readonly<Record<DirectSubtype | IndirectSubtype, number>> = {
  IDENTITY: 0,
  TRANSFORMATION: 1,
  AGGREGATION: 2,
  CONDITIONAL: 3,
  WINDOW: 4,
  JOIN: 5,
  FILTER: 6,
  GROUP_BY: 7,
  SORT: 8,
};

/** What an expression of columns of the same node is made of. */
export function expressionOf(name: string, parts: readonly (ColumnOrigin | undefined)[]): ColumnOrigin {
  const known = parts.filter((part) => part !== undefined);
  const reason = known.find((part) => part.status === "unknown")?.reason;
  const inputs = unique(
    known.flatMap((part) =>
      part.inputs.map((input) =>
        input.type === "DIRECT" && input.subtype === "IDENTITY"
          ? { ...input, subtype: "TRANSFORMATION" as const }
          : input,
      ),
    ),
  );
  return originOf(
    name,
    inputs,
    known.length < parts.length ? "it is made of a column that is not known" : reason,
  );
}

/** What these columns decide without being passed on. */
export function decidedBy(parts: readonly ColumnOrigin[], subtype: IndirectSubtype): ColumnInput[] {
  return parts.flatMap((part) =>
    part.inputs.map(({ node, column }) => ({ node, column, type: "INDIRECT" as const, subtype })),
  );
}

/** A column and its inputs; unknown if there is a reason. */
export function originOf(name: string, inputs: ColumnInput[], reason: string | undefined): ColumnOrigin {
  return reason === undefined
    ? { name, status: "known", inputs }
    : { name, status: "unknown", reason, inputs };
}

/** The column of that name. */
export function columnOf(lineage: NodeLineage | undefined, name: string): ColumnOrigin | undefined {
  const wanted = name.toLowerCase();
  return lineage?.columns.find((column) => column.name.toLowerCase() === wanted);
}
