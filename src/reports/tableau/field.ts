import type { ColumnTypeKind, MetricFormat, TypedColumn } from "../../manifest/index.js";

/** Types of values, as Tableau calls them. */
export type DataType = "integer" | "real" | "string" | "date" | "datetime" | "boolean";

/** A column of a data source, or a calculation in it. */
export interface Field {
  name: string;
  /** What readers see. */
  caption: string;
  datatype: DataType;
  role: "dimension" | "measure";
  type: "nominal" | "ordinal" | "quantitative";
  description: string;
  /** How its values are written; null for Tableau's own way. */
  format: string | null;
  /** The column that it is; null for a calculation. */
  column: TypedColumn | null;
  /** Of a calculation, with the fields of the same source and the parameters that it reads. */
  formula: string | null;
  uses: readonly string[];
  parameters: readonly string[];
}

/** What a connection says of columns of a type: its own number for it on a server and in a text file, and what it becomes. */
interface TypeFacts {
  remote: number;
  text: number;
  datatype: DataType;
}

const INTEGER = (remote: number): TypeFacts => ({ remote, text: 20, datatype: "integer" });
const STRING: TypeFacts = { remote: 130, text: 129, datatype: "string" };
const REAL = (remote: number): TypeFacts => ({ remote, text: 5, datatype: "real" });

/** Flags are small integers: a boolean would arrive as one number or another, by the driver. What is missing cannot be shown. */
const TYPES: Partial<Record<ColumnTypeKind, TypeFacts>> = {
  boolean: INTEGER(16),
  tinyint: INTEGER(16),
  smallint: INTEGER(2),
  year: INTEGER(2),
  mediumint: INTEGER(3),
  int: INTEGER(3),
  bigint: INTEGER(20),
  decimal: REAL(131),
  float: REAL(5),
  double: REAL(5),
  char: STRING,
  varchar: STRING,
  tinytext: STRING,
  text: STRING,
  mediumtext: STRING,
  longtext: STRING,
  enum: STRING,
  set: STRING,
  json: STRING,
  time: STRING,
  date: { remote: 7, text: 133, datatype: "date" },
  datetime: { remote: 7, text: 7, datatype: "datetime" },
  timestamp: { remote: 7, text: 7, datatype: "datetime" },
};

/** What a connection says of a column; undefined for bytes, which have no place in a workbook. */
export function typeFacts(column: TypedColumn): TypeFacts | undefined {
  return TYPES[column.type.kind];
}

/** Numbers that name, order or place something: adding them up means nothing. */
const NAMES_SOMETHING = /(^|_)(id|key|code|no|number|rank|hour|weekday|day|week|month|quarter|year)$/;

/** The field of a physical column; `isKey` says that it tells rows apart. */
export function columnField(
  column: TypedColumn,
  caption: string,
  description: string,
  isKey: boolean,
): Field | undefined {
  const facts = typeFacts(column);
  if (facts === undefined) return undefined;
  const isNumber = facts.datatype === "integer" || facts.datatype === "real";
  const measure = isNumber && !isKey && !NAMES_SOMETHING.test(column.name.toLowerCase());
  return {
    name: column.name,
    caption,
    datatype: facts.datatype,
    role: measure ? "measure" : "dimension",
    type: measure ? "quantitative" : facts.datatype === "string" ? "nominal" : "ordinal",
    description,
    format: null,
    column,
    formula: null,
    uses: [],
    parameters: [],
  };
}

/** A calculation that readers do not need to see as anything but a field. */
export function calculation(
  given: Pick<Field, "name" | "caption" | "datatype" | "formula" | "uses"> & Partial<Field>,
): Field {
  const measure = given.datatype === "integer" || given.datatype === "real";
  return {
    role: measure ? "measure" : "dimension",
    type: measure ? "quantitative" : given.datatype === "date" ? "ordinal" : "nominal",
    description: "",
    format: null,
    column: null,
    parameters: [],
    ...given,
  };
}

/** A metric's format in Tableau's spelling. */
export function formatText({ kind, decimals, currency }: MetricFormat): string {
  const digits = decimals === 0 ? "" : `.${"0".repeat(decimals)}`;
  const unit = { number: "", percent: "", hours: "h", minutes: "min", currency: currency ?? "" }[kind];
  if (kind === "percent") return `p0${digits}%`;
  const number = `#,##0${digits}`;
  return unit === "" ? `n${number};-${number}` : `*${number} "${unit}";-${number} "${unit}"`;
}
