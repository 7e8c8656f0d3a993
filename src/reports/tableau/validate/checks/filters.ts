import { allOf, childOf, childrenOf } from "../element.js";
import { fieldsOf } from "../formula/formula.js";
import { pillParts, pillsIn } from "../pills.js";
import { BUILT_IN, type Workbook } from "../workbook.js";
import type { Check } from "./check.js";
import { tryFormula } from "./sources.js";

function* filters({ sheets }: Workbook) {
  for (const sheet of sheets)
    for (const filter of childrenOf(sheet.view, "filter"))
      yield { sheet, filter, column: filter.attributes.column ?? "" };
}

const isMeasureNames = (column: string) => column.endsWith("[:Measure Names]");

/** What filters of sheets must keep to. */
export const FILTERS: readonly Check[] = [
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
];

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
