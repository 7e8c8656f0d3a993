import { allOf, childOf, childrenOf } from "../element.js";
import { fieldsOf } from "../formula/formula.js";
import { DERIVATIONS, KINDS, pillParts } from "../pills.js";
import { BUILT_IN, formulaOf, type Scope, type Sheet, usesIn, type Workbook } from "../workbook.js";
import type { Check } from "./check.js";
import { isAggregate, tryFormula } from "./sources.js";

function* scopes({ sheets, dashboards }: Workbook): Generator<{ name: string; of: string; scope: Scope }> {
  for (const { name, scopes: own } of [...sheets, ...dashboards])
    for (const [of, scope] of own) yield { name, of, scope };
}

/** Whether a sheet declares a pill. */
function resolves(sheet: Pick<Sheet, "scopes">, { source, name }: { source: string; name: string }): boolean {
  return BUILT_IN.has(name) || (sheet.scopes.get(source)?.instances.has(name) ?? false);
}

/** What sheets must keep to. */
export const SHEETS: readonly Check[] = [
  {
    name: "view-source",
    hint: "Tableau shows a blank sheet: name the sources that the sheet reads.",
    *find({ sheets, sources }) {
      for (const { element, view, name, scopes: own } of sheets) {
        const listed = childrenOf(childOf(view, "datasources"), "datasource");
        if (listed.length === 0) yield [view ?? element, `the sheet "${name}" has no data source`];
        for (const source of listed)
          if (!sources.has(source.attributes.name ?? ""))
            yield [
              source,
              `the sheet "${name}" reads "${source.attributes.name}", which is no source of the workbook`,
            ];
        for (const used of own.keys())
          if (!listed.some(({ attributes }) => attributes.name === used))
            yield [view ?? element, `the sheet "${name}" depends on "${used}", which it does not list`];
      }
    },
  },
  {
    name: "dependency",
    hint: "Tableau strips such a field without a word: declare columns of the source, as the source has them.",
    *find(workbook) {
      for (const { name, of, scope } of scopes(workbook)) {
        const source = workbook.sources.get(of);
        if (source === undefined) continue;
        for (const [field, column] of scope.columns) {
          const own = source.columns.get(field);
          if (own === undefined)
            yield [column, `"${name}" declares the field ${field}, which its source does not have`];
          else if (own.attributes.datatype !== column.attributes.datatype)
            yield [
              column,
              `"${name}" declares ${field} as ${column.attributes.datatype}, the source as ${own.attributes.datatype}`,
            ];
          else if (formulaOf(own) !== formulaOf(column))
            yield [column, `"${name}" has another formula of ${field} than the source`];
        }
      }
    },
  },
  {
    name: "instance-column",
    hint: "Tableau strips the pill without a word: declare its column beside it.",
    *find(workbook) {
      for (const { name, scope } of scopes(workbook))
        for (const [pill, instance] of scope.instances) {
          const column = instance.attributes.column ?? "";
          if (!scope.columns.has(column) && !BUILT_IN.has(column))
            yield [
              instance,
              `"${name}" has the pill ${pill} of the field ${column}, which it does not declare`,
            ];
        }
    },
  },
  {
    name: "derivation",
    hint: "Tableau rewrites it to None without a word: the derivation and the pill's name must say the same.",
    *find(workbook) {
      for (const { name, scope } of scopes(workbook))
        for (const [pill, instance] of scope.instances) {
          const { derivation = "", column = "", type } = instance.attributes;
          const known = DERIVATIONS[derivation];
          const parts = pillParts(pill);
          if (known === undefined)
            yield [
              instance,
              `"${name}" has the pill ${pill} with the derivation "${derivation}", which does not exist`,
            ];
          else if (parts === null || parts.token !== known.token)
            yield [
              instance,
              `"${name}" has the pill ${pill} with the derivation ${derivation}, whose pills begin with ${known.token}`,
            ];
          else if (`[${parts.field}]` !== column)
            yield [instance, `"${name}" has the pill ${pill} of the field ${column}`];
          else if (KINDS[parts.kind] !== type)
            yield [instance, `"${name}" has the pill ${pill} of type ${type}`];
        }
    },
  },
  {
    name: "aggregation",
    hint: "Tableau drops the pill: a calculation that aggregates has the derivation User, one of single rows any other.",
    *find(workbook) {
      for (const { name, of, scope } of scopes(workbook)) {
        const source = workbook.sources.get(of);
        if (source === undefined) continue;
        for (const [pill, { attributes, ...instance }] of scope.instances) {
          const aggregated = isAggregate(source, attributes.column ?? "");
          if (aggregated !== (attributes.derivation === "User"))
            yield [
              { attributes, ...instance },
              `"${name}" has the pill ${pill} with the derivation ${attributes.derivation}, but its field ${aggregated ? "aggregates by itself" : "does not aggregate"}`,
            ];
        }
      }
    },
  },
  {
    name: "pill",
    hint: "Tableau strips the pill without a word and may leave the sheet blank: declare it among the sheet's dependencies.",
    *find({ sheets }) {
      for (const sheet of sheets)
        for (const { at, pill, where } of usesIn(sheet))
          if (pill.source !== "Parameters" && !resolves(sheet, pill))
            yield [at, `"${sheet.name}" has ${pill.name} in ${where}, which it does not declare`];
    },
  },
  {
    name: "formula-dependency",
    hint: "Tableau cannot compute it there: declare the fields of its formula in the sheet as well.",
    *find(workbook) {
      for (const { name, of, scope } of scopes(workbook)) {
        for (const [field, column] of scope.columns) {
          const text = formulaOf(column);
          const formula = text === null ? "" : tryFormula(text);
          if (typeof formula === "string" || of === "Parameters") continue;
          for (const used of fieldsOf(formula)) {
            const there = workbook.sources.get(used.source ?? of)?.columns.get(used.name);
            const declared = used.source === null ? scope.columns.has(used.name) : true;
            if (there !== undefined && there.name === "column" && !declared)
              yield [column, `"${name}" declares ${field} without ${used.name}, of which it is made`];
          }
        }
      }
    },
  },
  {
    name: "sort",
    hint: "A <sort class='computed-sort'> ends Tableau: write <computed-sort column direction using />.",
    *find({ sheets }) {
      for (const { name, view } of sheets) {
        for (const sort of allOf(view, "sort"))
          if (sort.attributes.class === "computed-sort")
            yield [sort, `"${name}" has a <sort class='computed-sort'>`];
        for (const sort of childrenOf(view, "computed-sort"))
          if (!["ASC", "DESC"].includes(sort.attributes.direction ?? ""))
            yield [sort, `"${name}" is sorted in the direction "${sort.attributes.direction ?? ""}"`];
      }
    },
  },
  {
    name: "mark",
    hint: "Tableau refuses other marks with D2E8DA72.",
    *find({ sheets }) {
      for (const { element, name } of sheets)
        for (const mark of allOf(element, "mark"))
          if (!MARKS.has(mark.attributes.class ?? ""))
            yield [
              mark,
              `"${name}" is drawn with the mark "${mark.attributes.class ?? ""}", which does not exist`,
            ];
    },
  },
];

const MARKS = new Set(
  "Automatic Bar Line Area Square Circle Shape Text Pie GanttBar Polygon Multipolygon Heatmap VizExtension".split(
    " ",
  ),
);
