/**
 * Column types in MySQL's vocabulary, parsed: the one form in which floors talk about types. A dialect renders it.
 * Spellings follow the MySQL 8.4 Reference Manual, "Data Types".
 */
export type ColumnType =
  | { kind: "tinyint" | "smallint" | "mediumint" | "int" | "bigint"; unsigned: boolean }
  | { kind: "boolean" }
  | { kind: "decimal"; precision: number; scale: number; unsigned: boolean }
  | { kind: "float" | "double" }
  | { kind: "char" | "varchar"; length: number }
  | { kind: "tinytext" | "text" | "mediumtext" | "longtext" }
  | { kind: "binary" | "varbinary"; length: number }
  | { kind: "tinyblob" | "blob" | "mediumblob" | "longblob" }
  | { kind: "date" | "year" }
  | { kind: "time" | "datetime" | "timestamp"; precision: number }
  | { kind: "json" }
  | { kind: "enum" | "set"; values: string[] };

/** The bare name of a type. */
export type ColumnTypeKind = ColumnType["kind"];

const ALIASES: Record<string, string> = {
  integer: "int",
  int4: "int",
  int8: "bigint",
  int2: "smallint",
  numeric: "decimal",
  dec: "decimal",
  fixed: "decimal",
  number: "decimal",
  real: "double",
  "double precision": "double",
  bool: "boolean",
  string: "text",
  "character varying": "varchar",
  character: "char",
};

/** The words that a type may begin with. */
export const COLUMN_TYPE_WORDS: readonly string[] = [
  ..."tinyint smallint mediumint int bigint boolean decimal float double char varchar tinytext text mediumtext longtext".split(
    " ",
  ),
  ..."binary varbinary tinyblob blob mediumblob longblob date year time datetime timestamp json enum set".split(
    " ",
  ),
  ...Object.keys(ALIASES),
];

const FORM = /^([a-z][a-z0-9]*(?: precision| varying)?)\s*(?:\((.*)\))?\s*(unsigned)?(?:\s+zerofill)?$/is;

/** Parses a type as users write it; undefined when it is no MySQL type. `tinyint(1)` is a boolean, as MySQL has it. */
export function parseColumnType(text: string): ColumnType | undefined {
  const match = FORM.exec(text.trim());
  if (!match) return undefined;
  const word = match[1]!.toLowerCase().replace(/\s+/g, " ");
  const kind = ALIASES[word] ?? word;
  const args = match[2]?.trim();
  const unsigned = match[3] !== undefined;
  const numbers = args === undefined ? [] : args.split(",").map((part) => Number(part.trim()));
  const first = numbers[0];
  switch (kind) {
    case "tinyint":
      return first === 1 && !unsigned ? { kind: "boolean" } : { kind, unsigned };
    case "smallint":
    case "mediumint":
    case "int":
    case "bigint":
      return { kind, unsigned };
    case "boolean":
    case "json":
      return args === undefined ? { kind } : undefined;
    case "decimal": {
      const precision = first ?? 10;
      const scale = numbers[1] ?? 0;
      const fits =
        Number.isInteger(precision) && Number.isInteger(scale) && precision >= 1 && precision <= 65;
      return fits && scale >= 0 && scale <= Math.min(30, precision)
        ? { kind, precision, scale, unsigned }
        : undefined;
    }
    case "float":
    case "double":
      return { kind };
    case "char":
    case "binary":
      return lengthType(kind, args === undefined ? 1 : first, 255);
    case "varchar":
    case "varbinary":
      return lengthType(kind, first, 65_535);
    case "tinytext":
    case "text":
    case "mediumtext":
    case "longtext":
    case "tinyblob":
    case "blob":
    case "mediumblob":
    case "longblob":
    case "date":
    case "year":
      return { kind };
    case "time":
    case "datetime":
    case "timestamp": {
      const precision = first ?? 0;
      return Number.isInteger(precision) && precision >= 0 && precision <= 6
        ? { kind, precision }
        : undefined;
    }
    case "enum":
    case "set": {
      const values = args === undefined ? undefined : quotedList(args);
      return values === undefined ? undefined : { kind, values };
    }
    default:
      return undefined;
  }
}

function lengthType(
  kind: "char" | "varchar" | "binary" | "varbinary",
  length: number | undefined,
  most: number,
): ColumnType | undefined {
  if (length === undefined || !Number.isInteger(length) || length < 0 || length > most) return undefined;
  return { kind, length };
}

/** The members of `'a','it''s'`, or undefined if the text is not such a list. */
function quotedList(text: string): string[] | undefined {
  const values: string[] = [];
  const item = /\s*'((?:[^'\\]|''|\\.)*)'\s*(,|$)/y;
  while (item.lastIndex < text.length) {
    const match = item.exec(text);
    if (!match) return undefined;
    values.push(match[1]!.replaceAll("''", "'").replace(/\\(.)/gs, "$1"));
    if (match[2] === "") break;
  }
  return values.length > 0 ? values : undefined;
}

/** MySQL's spelling of a type: the inverse of `parseColumnType`. */
export function formatColumnType(type: ColumnType): string {
  switch (type.kind) {
    case "tinyint":
    case "smallint":
    case "mediumint":
    case "int":
    case "bigint":
      return type.unsigned ? `${type.kind} unsigned` : type.kind;
    case "decimal":
      return `decimal(${type.precision},${type.scale})${type.unsigned ? " unsigned" : ""}`;
    case "char":
    case "varchar":
    case "binary":
    case "varbinary":
      return `${type.kind}(${type.length})`;
    case "time":
    case "datetime":
    case "timestamp":
      return type.precision === 0 ? type.kind : `${type.kind}(${type.precision})`;
    case "enum":
    case "set":
      return `${type.kind}(${type.values.map((value) => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`).join(",")})`;
    default:
      return type.kind;
  }
}
