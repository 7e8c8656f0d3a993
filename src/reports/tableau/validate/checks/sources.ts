import { allOf, bare, childOf, childrenOf } from "../element.js";
import { aggregates, type Formula, fieldsOf, partsOf } from "../formula/formula.js";
import { parseFormula } from "../formula/parse.js";
import { BUILT_IN, formulaOf, namedConnections, type Source, type Workbook } from "../workbook.js";
import { type Check, repeated } from "./check.js";

const CLASSES = new Set(["federated", "mysql", "mariadb", "textscan", "sqlproxy", "hyper", "excel-direct"]);

/** The type of a metadata record as a column has it. */
const INTERNAL = /^\[__tableau_internal_object_id__\]/;

/** A calculation of a source as it is understood; null where it is not. */
export function tryFormula(text: string): Formula | string {
  try {
    return parseFormula(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether a field of a source aggregates by itself. */
export function isAggregate(source: Source, name: string, seen: readonly string[] = []): boolean {
  const text = formulaOf(source.columns.get(name));
  if (text === null || seen.includes(name)) return false;
  const formula = tryFormula(text);
  if (typeof formula === "string") return false;
  return aggregates(
    formula,
    (field) => field.source === null && isAggregate(source, field.name, [...seen, name]),
  );
}

function* calculations({ sources }: Workbook) {
  for (const source of sources.values())
    for (const [name, column] of source.columns) {
      const text = formulaOf(column);
      if (text !== null && !source.isParameters) yield { source, name, column, text };
    }
}

/** What data sources must keep to. */
export const SOURCES: readonly Check[] = [
  {
    name: "connection-name",
    hint: "Tableau cannot find the table: use the name of one of the named connections.",
    *find({ sources }) {
      for (const source of sources.values()) {
        const known = namedConnections(source);
        for (const relation of allOf(source.element, "relation")) {
          const { connection } = relation.attributes;
          if (connection !== undefined && !known.has(connection))
            yield [
              relation,
              `the relation ${relation.attributes.name} is on "${connection}", which is no connection of its source`,
            ];
        }
      }
    },
  },
  {
    name: "connection-class",
    hint: "Known are mysql, mariadb and textscan.",
    *find({ root }) {
      for (const connection of allOf(root, "connection")) {
        const kind = connection.attributes.class;
        if (kind !== undefined && !CLASSES.has(kind))
          yield [connection, `there is no connection class "${kind}"`];
      }
    },
  },
  {
    name: "column-record",
    hint: "Tableau strips such a field without a word: write columns and metadata records from one list.",
    *find({ sources }) {
      for (const source of sources.values()) {
        if (source.records.size === 0) continue;
        for (const [name, column] of source.columns) {
          if (INTERNAL.test(name) || childOf(column, "calculation") !== null || column.name === "group")
            continue;
          const record = source.records.get(name);
          if (record === undefined) yield [column, `the column ${name} has no metadata record`];
          else if (childOf(record, "local-type")?.text !== column.attributes.datatype)
            yield [
              column,
              `the column ${name} is ${column.attributes.datatype}, its metadata record ${childOf(record, "local-type")?.text}`,
            ];
        }
        for (const [name, record] of source.records)
          if (!source.columns.has(name)) yield [record, `the metadata record ${name} has no column`];
      }
    },
  },
  {
    name: "object-id",
    hint: "Tableau strips the fields of an object that it cannot tie to its table: use one id in records, object graph and table column.",
    *find({ sources }) {
      for (const { element, columns, records } of sources.values()) {
        const objects = new Map(
          allOf(childOf(element, "object-graph", "objects"), "object").map((one) => [
            one.attributes.id ?? "",
            one,
          ]),
        );
        if (objects.size === 0 && records.size === 0) continue;
        for (const [name, record] of records) {
          const id = bare(childOf(record, "object-id")?.text ?? "");
          if (!objects.has(id))
            yield [record, `the metadata record ${name} is of the object "${id}", which does not exist`];
        }
        for (const [name, column] of columns) {
          const id = INTERNAL.test(name)
            ? bare(name.replace(/^\[__tableau_internal_object_id__\]\./, ""))
            : null;
          if (id !== null && !objects.has(id)) yield [column, `the table column ${name} is of no object`];
        }
        for (const [id, object] of objects)
          if (!columns.has(`[__tableau_internal_object_id__].[${id}]`))
            yield [object, `the object ${id} has no table column`];
      }
    },
  },
  {
    name: "column-after-graph",
    hint: "Tableau does not read it: the object graph comes last.",
    *find({ sources }) {
      for (const { element } of sources.values()) {
        const graph = element.children.findIndex(({ name }) => name === "object-graph");
        if (graph === -1) continue;
        for (const column of element.children.slice(graph + 1))
          yield [column, `<${column.name}> ${column.attributes.name ?? ""} stands after <object-graph>`];
      }
    },
  },
  {
    name: "field-name",
    hint: "Tableau drops one of them: a calculation must be called otherwise than every column.",
    *find({ sources }) {
      for (const { element, records } of sources.values()) {
        const fields = [...childrenOf(element, "column"), ...childrenOf(element, "group")];
        yield* repeated(
          fields,
          ({ attributes }) => (attributes.name ?? "").toLowerCase(),
          (field) => field,
          (name) => `two fields are called ${name}`,
        );
        for (const column of fields)
          if (childOf(column, "calculation") !== null && records.has(column.attributes.name ?? ""))
            yield [column, `the calculation ${column.attributes.name} has the name of a column of the table`];
      }
    },
  },
  {
    name: "formula",
    hint: "Tableau marks the field with a red sign and leaves its sheets blank.",
    *find(workbook) {
      for (const { source, name, column, text } of calculations(workbook)) {
        const formula = tryFormula(text);
        if (typeof formula === "string") {
          yield [column, `the formula of ${name} cannot be read: ${formula}`];
          continue;
        }
        for (const field of fieldsOf(formula)) {
          const of = field.source === null ? source : workbook.sources.get(field.source);
          if (of === undefined || (!of.columns.has(field.name) && !BUILT_IN.has(field.name)))
            yield [
              column,
              `the formula of ${name} names ${field.source === null ? "" : `[${field.source}].`}${field.name}, which does not exist`,
            ];
        }
      }
    },
  },
  {
    name: "formula-level",
    hint: "Tableau refuses to mix single rows and aggregates: aggregate all of it, or nothing.",
    *find(workbook) {
      for (const { source, name, column, text } of calculations(workbook)) {
        const formula = tryFormula(text);
        if (typeof formula === "string") continue;
        const isAggregated = (part: Formula) =>
          aggregates(part, (field) => field.source === null && isAggregate(source, field.name));
        for (const part of partsOf(formula)) {
          if (
            part.is === "call" &&
            isAggregated(part) &&
            part.arguments.some(isAggregated) &&
            ["SUM", "AVG", "COUNT", "COUNTD", "MEDIAN", "PERCENTILE"].includes(part.name)
          )
            yield [column, `the formula of ${name} aggregates an aggregate in ${part.name}`];
          if (part.is !== "binary") continue;
          const sides = [part.left, part.right];
          const isRow = (side: Formula) => side.is === "field" && side.source === null && !isAggregated(side);
          if (sides.some(isAggregated) && sides.some(isRow))
            yield [column, `the formula of ${name} mixes rows and aggregates at "${part.operator}"`];
        }
      }
    },
  },
  {
    name: "palette",
    hint: "Tableau drops the colours: declare the column instance in the source.",
    *find({ sources }) {
      for (const { element } of sources.values()) {
        const instances = new Set(
          childrenOf(element, "column-instance").map(({ attributes }) => attributes.name),
        );
        for (const encoding of allOf(childOf(element, "style"), "encoding")) {
          const { field, attr } = encoding.attributes;
          if (
            attr === "color" &&
            field !== undefined &&
            field.split(":").length >= 3 &&
            !field.includes(":Measure Names") &&
            !instances.has(field)
          )
            yield [encoding, `colours are given for ${field}, which the source does not declare`];
        }
      }
    },
  },
];
