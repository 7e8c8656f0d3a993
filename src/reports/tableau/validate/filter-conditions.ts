import type { Dialect } from "../../../adapters/index.js";
import { childOf, childrenOf, type Element } from "./element.js";
import { NotRunnable } from "./formula/sql.js";
import { pillsIn } from "./pills.js";
import type { Sheet } from "./workbook.js";

/** What filters need to know of the sheet's fields. */
export interface FilterSurrounding {
  dialect: Dialect;
  /** SQL of a pill over the rows of an alias. */
  pill(name: string, alias: string): string;
  isAggregate(name: string): boolean;
  datatype(name: string): string;
  /** The query for the first values of a dimension by an expression. */
  ranked(dimension: string, expression: string, direction: "ASC" | "DESC", count: number): string;
}

/** A sheet's filters, as conditions. */
export interface Conditions {
  /** On rows; those that come after the context are evaluated late, as they may refer to it. */
  where: { sql: string }[];
  having: string[];
  /** The conditions of the context alone, over the rows of an alias: what a top N and a level of detail see. */
  context(alias: string): string[];
}

const ALIAS = "t";

/** Reads the filters of a sheet. */
export function conditionsOf(sheet: Sheet, at: FilterSurrounding): Conditions {
  const filters = childrenOf(sheet.view, "filter").filter(
    ({ attributes }) => !attributes.column?.endsWith("[:Measure Names]"),
  );
  const read = (filter: Element, alias: string): string | null => {
    const [pill] = pillsIn(filter.attributes.column ?? "");
    if (pill === undefined) throw new NotRunnable(`"${sheet.name}" has a filter on no pill`);
    return conditionOf(filter, pill.name, alias, at);
  };
  const isAggregate = (filter: Element) =>
    at.isAggregate(pillsIn(filter.attributes.column ?? "")[0]?.name ?? "");
  const rows = filters.filter((filter) => !isAggregate(filter));
  const isText = (text: string | null): text is string => text !== null;
  return {
    get where() {
      return rows
        .map((filter) => read(filter, ALIAS))
        .filter(isText)
        .map((sql) => ({ sql }));
    },
    get having() {
      return filters
        .filter(isAggregate)
        .map((filter) => read(filter, ALIAS))
        .filter(isText);
    },
    context: (alias) =>
      rows
        .filter(({ attributes }) => attributes.context === "true")
        .map((filter) => read(filter, alias))
        .filter(isText),
  };
}

function conditionOf(filter: Element, pill: string, alias: string, at: FilterSurrounding): string | null {
  const value = at.pill(pill, alias);
  switch (filter.attributes.class) {
    case "quantitative": {
      const [min, max] = [childOf(filter, "min")?.text, childOf(filter, "max")?.text];
      const parts = [
        ...(min === undefined ? [] : [`${value} >= ${limit(min, at.dialect)}`]),
        ...(max === undefined ? [] : [`${value} <= ${limit(max, at.dialect)}`]),
      ];
      if (parts.length === 0) return null;
      const range = parts.join(" AND ");
      return filter.attributes["included-values"] === "in-range-or-null"
        ? `((${range}) OR ${value} IS NULL)`
        : `(${range})`;
    }
    case "categorical": {
      const [group] = childrenOf(filter, "groupfilter");
      return group === undefined ? null : groupCondition(group, pill, value, at);
    }
    default:
      throw new NotRunnable(`a filter of class ${filter.attributes.class} cannot be run`);
  }
}

/** A tree of members; null for all of them. */
function groupCondition(group: Element, pill: string, value: string, at: FilterSurrounding): string | null {
  const { attributes } = group;
  const inner = () => childrenOf(group, "groupfilter").map((child) => groupCondition(child, pill, value, at));
  switch (attributes.function) {
    case "level-members":
      return null;
    case "member":
      return memberCondition(attributes.member ?? "", value, at.datatype(pill), at.dialect);
    case "union": {
      const parts = inner();
      return parts.includes(null) ? null : `(${parts.join(" OR ")})`;
    }
    case "except": {
      const [all, ...without] = inner();
      const not = without.map((part) => `NOT (${part ?? "1 = 1"})`).join(" AND ");
      return all == null ? `(${not})` : `(${all} AND ${not})`;
    }
    case "end": {
      const [order] = childrenOf(group, "groupfilter");
      if (order?.attributes.function !== "order")
        throw new NotRunnable("a top without an order cannot be run");
      const direction =
        (attributes.end === "top") === (order.attributes.direction === "DESC") ? "DESC" : "ASC";
      const ranked = at.ranked(
        at.pill(pill, ALIAS),
        order.attributes.expression ?? "",
        direction,
        Number(attributes.count),
      );
      return `${value} IN (SELECT k FROM (${ranked}) AS s)`;
    }
    default:
      throw new NotRunnable(`a filter by ${attributes.function} cannot be run`);
  }
}

function memberCondition(member: string, value: string, datatype: string, dialect: Dialect): string {
  if (member === "%null%") return `(${value} IS NULL)`;
  if (datatype === "boolean") return member === "true" ? `(${value})` : `(NOT ${value})`;
  return `(${value} = ${limit(member, dialect)})`;
}

/** A member or limit of a filter as SQL: `"Leeds"`, `#2026-03-01#` or a number. */
function limit(text: string, dialect: Dialect): string {
  const quoted = /^"(.*)"$/s.exec(text)?.[1];
  if (quoted !== undefined) return dialect.literal(quoted.replaceAll('\\"', '"'));
  const day = /^#(\d{4}-\d{2}-\d{2})(?: 00:00:00)?#$/.exec(text)?.[1];
  if (day !== undefined) return `DATE ${dialect.literal(day)}`;
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text))
    throw new NotRunnable(`${text} is neither a number, a date nor a quoted text`);
  return text;
}
