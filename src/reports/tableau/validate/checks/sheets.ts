import { allOf, childOf, childrenOf } from "../element.js";
import { fieldsOf } from "../formula/formula.js";
import { DERIVATIONS, KINDS, pillParts, pillsIn } from "../pills.js";
import { BUILT_IN, formulaOf, type Scope, type Sheet, usesIn, type Workbook } from "../workbook.js";
import type { Check } from "./check.js";
import { isAggregate, tryFormula } from "./sources.js";

function* scopes({ sheets, dashboards }: Workbook): Generator<{ name: string; of: string; scope: Scope }> {
  for (const { name, scopes: own } of [...sheets, ...dashboards])
    for (const [of, scope] of own) yield { name, of, scope };
}

function* filters({ sheets }: Workbook) {
  for (const sheet of sheets)
    for (const filter of childrenOf(sheet.view, "filter"))
      yield { sheet, filter, column: filter.attributes.column ?? "" };
}

const isMeasureNames = (column: string) => column.endsWith("[:Measure Names]");

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
    name: "filter-column",
    hint: 'Tableau says "filter is invalid" and drops it: name the pill, such as [none:region:nk], not the field.',
    *find(workbook) {
      for (const { sheet, filter, column } of filters(workbook)) {
        const [pill] = pillsIn(column);
        if (pill === undefined || (!BUILT_IN.has(pill.name) && pillParts(pill.name) === null)) {
          yield [filter, `"${sheet.name}" filters by ${column}, which is no pill`];
          continue;
        }
        for (const group of allOf(filter, "groupfilter")) {
          const { level } = group.attributes;
          if (level !== undefined && level !== pill.name)
            yield [group, `a filter of "${sheet.name}" on ${pill.name} has the level ${level}`];
        }
      }
    },
  },
  {
    name: "filter-slice",
    hint: "Tableau does not apply a filter that is not among the slices: list it there.",
    *find({ sheets }) {
      for (const { name, view } of sheets) {
        const slices = childrenOf(childOf(view, "slices"), "column");
        const listed = new Set(slices.map(({ text }) => text.trim()));
        const own = childrenOf(view, "filter");
        for (const filter of own)
          if (!listed.has(filter.attributes.column ?? ""))
            yield [filter, `the filter ${filter.attributes.column} of "${name}" is not among its slices`];
        for (const slice of slices)
          if (!own.some(({ attributes }) => attributes.column === slice.text.trim()))
            yield [slice, `the slice ${slice.text.trim()} of "${name}" has no filter`];
      }
    },
  },
  {
    name: "filter-group",
    hint: "Filters of one group move together: use a number for one field of one source.",
    *find(workbook) {
      const fieldOf = new Map<string, string>();
      for (const { filter, column } of filters(workbook)) {
        const group = filter.attributes["filter-group"];
        if (group === undefined) continue;
        const first = fieldOf.get(group);
        if (first !== undefined && first !== column)
          yield [filter, `the filter group ${group} is of ${first} and of ${column}`];
        else fieldOf.set(group, column);
      }
    },
  },
  {
    name: "filter-member",
    hint: "Tableau finds no such member: text stands in quotes (&quot;Leeds&quot;), a boolean is true or false, a date #2026-03-01#.",
    *find(workbook) {
      for (const { sheet, filter, column } of filters(workbook)) {
        const [pill] = pillsIn(column);
        if (pill === undefined || isMeasureNames(column)) continue;
        const scope = sheet.scopes.get(pill.source);
        const type = scope?.columns.get(scope.instances.get(pill.name)?.attributes.column ?? "")?.attributes
          .datatype;
        for (const group of allOf(filter, "groupfilter")) {
          const { member } = group.attributes;
          if (member === undefined || member === "%null%") continue;
          const form = MEMBERS[type ?? ""];
          if (form !== undefined && !form.test(member))
            yield [group, `a filter of "${sheet.name}" on ${pill.name} (${type}) has the member ${member}`];
        }
      }
    },
  },
  {
    name: "filter-range",
    hint: "Give the least value as min and the greatest as max.",
    *find(workbook) {
      for (const { sheet, filter, column } of filters(workbook)) {
        if (filter.attributes.class !== "quantitative") continue;
        const [min, max] = [childOf(filter, "min")?.text, childOf(filter, "max")?.text];
        const isRange = filter.attributes["included-values"]?.startsWith("in-range") ?? false;
        if (isRange && min === undefined && max === undefined)
          yield [filter, `the filter ${column} of "${sheet.name}" has neither min nor max`];
        else if (min !== undefined && max !== undefined && compare(min, max) > 0)
          yield [filter, `the filter ${column} of "${sheet.name}" goes from ${min} to ${max}`];
      }
    },
  },
  {
    name: "top",
    hint: "Tableau cannot rank by it: name fields of the source, and a number of marks.",
    *find(workbook) {
      for (const { sheet, filter, column } of filters(workbook)) {
        for (const group of allOf(filter, "groupfilter")) {
          if (group.attributes.function === "end" && !(Number(group.attributes.count) > 0))
            yield [
              group,
              `a filter of "${sheet.name}" takes ${group.attributes.count ?? "no number of"} marks`,
            ];
          if (group.attributes.function !== "order") continue;
          const formula = tryFormula(group.attributes.expression ?? "");
          if (typeof formula === "string") {
            yield [group, `"${sheet.name}" ranks by an expression that cannot be read: ${formula}`];
            continue;
          }
          const source = workbook.sources.get(pillsIn(column)[0]?.source ?? "");
          for (const field of fieldsOf(formula))
            if (source !== undefined && field.source === null && !source.columns.has(field.name))
              yield [group, `"${sheet.name}" ranks by ${field.name}, which does not exist`];
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

const MEMBERS: Readonly<Record<string, RegExp>> = {
  string: /^".*"$/s,
  boolean: /^(true|false)$/,
  date: /^#\d{4}-\d{2}-\d{2}#$/,
  integer: /^-?\d+$/,
  real: /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/,
};

function compare(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}
