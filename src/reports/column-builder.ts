import type { ColumnTypeKind, Value } from "../manifest/index.js";
import { type DataColumn, dayNumber } from "./dashboards/index.js";

/** Takes the values of a column one by one. */
export interface ColumnBuilder {
  add(value: Value): void;
  column(): DataColumn;
}

const NUMBERS: ReadonlySet<ColumnTypeKind> = new Set<ColumnTypeKind>([
  "tinyint",
  "smallint",
  "mediumint",
  "int",
  "bigint",
  "boolean",
  "decimal",
  "float",
  "double",
  "year",
]);

/** The builder for a column of a type: numbers and days as numbers, all else as text by a dictionary. */
export function columnBuilder(type: ColumnTypeKind): ColumnBuilder {
  if (type === "date") return numbers("day", (value) => dayNumber(String(value)));
  if (NUMBERS.has(type)) return numbers("number", Number);
  return texts();
}

function numbers(kind: "number" | "day", read: (value: Value) => number): ColumnBuilder {
  const values: (number | null)[] = [];
  return {
    add: (value) => void values.push(value === null ? null : read(value)),
    column: () => ({ kind, values }),
  };
}

function texts(): ColumnBuilder {
  const known = new Map<string, number>();
  const codes: number[] = [];
  return {
    add(value) {
      if (value === null) {
        codes.push(-1);
        return;
      }
      const text = String(value);
      let code = known.get(text);
      if (code === undefined) {
        code = known.size;
        known.set(text, code);
      }
      codes.push(code);
    },
    column: () => ({ kind: "text", dictionary: [...known.keys()], codes }),
  };
}
