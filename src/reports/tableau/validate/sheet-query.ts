import type { Dialect } from "../../../adapters/index.js";
import { allOf, childOf, childrenOf, type Element } from "./element.js";
import { type Conditions, conditionsOf } from "./filter-conditions.js";
import type { Formula } from "./formula/formula.js";
import { parseFormula } from "./formula/parse.js";
import { NotRunnable, type Surrounding, sqlOf, truncated } from "./formula/sql.js";
import { DERIVATIONS, pillParts, pillsIn } from "./pills.js";
import { formulaOf, type Sheet, type Source, type Workbook } from "./workbook.js";

/** A column of what a sheet's query gives. */
export interface QueryColumn {
  /** Name of the field, without brackets. */
  field: string;
  role: "dimension" | "measure";
  /** How a date is cut. */
  trunc: "day" | "week" | "month" | "quarter" | "year" | null;
}

/** What a sheet asks of the warehouse. */
export interface SheetQuery {
  sheet: string;
  source: string;
  columns: QueryColumn[];
  sql: string;
}

/** Where the tables of a source stand, as SQL. */
export type TableOf = (source: Source) => string;

/** Only what the file itself says of a sheet, as one query: its pills, their formulas, its filters, sets, parameters and order. */
export function sheetQuery(workbook: Workbook, sheet: Sheet, dialect: Dialect, tableOf: TableOf): SheetQuery {
  const names = [...sheet.scopes.keys()].filter((name) => name !== "Parameters");
  const source = workbook.sources.get(names[0] ?? "");
  if (names.length !== 1 || source === undefined)
    throw new NotRunnable(`"${sheet.name}" reads ${names.length} sources`);
  const query = new Query(workbook, sheet, source, dialect, tableOf(source));
  return { sheet: sheet.name, source: source.name, ...query.build() };
}

const ALIAS = "t";

class Query {
  /** Levels of detail, joined; once each. */
  private joins: { key: string; name: string; text: string }[] = [];
  private levels = 0;
  private conditions!: Conditions;

  constructor(
    private readonly workbook: Workbook,
    private readonly sheet: Sheet,
    private readonly source: Source,
    private readonly dialect: Dialect,
    private readonly table: string,
  ) {}

  build(): { columns: QueryColumn[]; sql: string } {
    this.conditions = conditionsOf(this.sheet, {
      dialect: this.dialect,
      pill: (name, alias) => this.pill(name, alias),
      isAggregate: (name) => this.derivation(name).aggregate !== null,
      datatype: (name) =>
        this.column(this.instance(name).attributes.column!)?.attributes.datatype ?? "string",
      ranked: (dimension, expression, direction, count) =>
        this.ranked(dimension, expression, direction, count),
    });
    const shown = this.shownPills();
    const columns = shown.map((name): QueryColumn => {
      const { aggregate, trunc } = this.derivation(name);
      return {
        field: this.instance(name).attributes.column!.slice(1, -1),
        role: aggregate === null ? "dimension" : "measure",
        trunc: trunc ?? null,
      };
    });
    const selected = shown.map((name) => this.pill(name, ALIAS));
    const keys = columns.flatMap(({ role }, at) => (role === "dimension" ? [String(at + 1)] : []));
    const where = this.conditions.where.map((condition) => condition.sql);
    const having = this.conditions.having;
    const order = this.order(columns, shown);
    const sql = [
      `SELECT ${selected.map((text, at) => `${text} AS c${at + 1}`).join(", ")}`,
      `FROM ${this.table} AS ${ALIAS}`,
      ...this.joins.map(({ text }) => text),
      ...(where.length === 0 ? [] : [`WHERE ${where.join(" AND ")}`]),
      ...(keys.length === 0 ? [] : [`GROUP BY ${keys.join(", ")}`]),
      ...(having.length === 0 ? [] : [`HAVING ${having.join(" AND ")}`]),
      ...(order.length === 0 ? [] : [`ORDER BY ${order.join(", ")}`]),
    ].join("\n");
    return { columns, sql };
  }

  /** Pills of shelves and encodings, once each; several measures on one shelf are named by the filter on their names. */
  private shownPills(): string[] {
    const { table, view } = this.sheet;
    const texts = ["rows", "cols"].map((shelf) => childOf(table, shelf)?.text ?? "");
    for (const pane of allOf(childOf(table, "panes"), "pane"))
      for (const { attributes } of childOf(pane, "encodings")?.children ?? [])
        texts.push(attributes.column ?? "");
    const found = new Set<string>();
    for (const { source, name } of texts.flatMap(pillsIn)) {
      if (source === "Parameters" || name === "[:Measure Names]") continue;
      if (name === "[Multiple Values]" || name === "[Measure Values]") {
        const filter = childrenOf(view, "filter").find(({ attributes }) =>
          attributes.column?.endsWith("[:Measure Names]"),
        );
        for (const { attributes } of allOf(filter ?? null, "groupfilter"))
          for (const pill of pillsIn(attributes.member ?? "")) found.add(pill.name);
        continue;
      }
      // A table calculation is computed from what the query gives: its own measure stands beside it.
      if (pillParts(name)?.calculation != null || childOf(this.instance(name), "table-calc") !== null)
        continue;
      found.add(name);
    }
    return [...found];
  }

  /** Sorts as the sheet says, then by the names. */
  private order(columns: readonly QueryColumn[], shown: readonly string[]): string[] {
    const order: string[] = [];
    for (const sort of childrenOf(this.sheet.view, "computed-sort")) {
      const [using] = pillsIn(sort.attributes.using ?? "");
      const [of] = pillsIn(sort.attributes.column ?? "");
      // Of several dimensions each is sorted over all values of the others, which one query does not give.
      if (
        using === undefined ||
        of === undefined ||
        columns.filter(({ role }) => role === "dimension").length !== 1
      )
        continue;
      if (!shown.includes(of.name)) continue;
      const value = this.pill(using.name, ALIAS);
      order.push(
        `CASE WHEN ${value} IS NULL THEN 1 ELSE 0 END`,
        `${value} ${sort.attributes.direction === "DESC" ? "DESC" : "ASC"}`,
      );
    }
    for (const sort of childrenOf(this.sheet.view, "alphabetic-sort")) {
      const [of] = pillsIn(sort.attributes.column ?? "");
      const at = of === undefined ? -1 : shown.indexOf(of.name);
      if (at >= 0) order.push(`${at + 1} ${sort.attributes.direction === "DESC" ? "DESC" : "ASC"}`);
    }
    return [...order, ...columns.flatMap(({ role }, at) => (role === "dimension" ? [String(at + 1)] : []))];
  }

  private instance(name: string): Element {
    const found = this.sheet.scopes.get(this.source.name)?.instances.get(name);
    if (found === undefined) throw new NotRunnable(`"${this.sheet.name}" does not declare ${name}`);
    return found;
  }

  private derivation(name: string): (typeof DERIVATIONS)[string] {
    const given = this.instance(name).attributes.derivation ?? "";
    const found = DERIVATIONS[given];
    if (found === undefined) throw new NotRunnable(`there is no derivation "${given}"`);
    return found;
  }

  /** The declaration of a field in the sheet: what the sheet shows is what the sheet says. */
  private column(name: string): Element | undefined {
    return this.sheet.scopes.get(this.source.name)?.columns.get(name) ?? this.source.columns.get(name);
  }

  private pill(name: string, alias: string): string {
    const { derivation = "", column = "" } = this.instance(name).attributes;
    const known = this.derivation(name);
    const value = this.field(column, alias, []);
    if (known.trunc !== undefined) return truncated(this.dialect, known.trunc, value);
    if (known.aggregate === null && derivation !== "None")
      throw new NotRunnable(`${derivation} cannot be run`);
    return AGGREGATE[known.aggregate ?? "user"]!(value);
  }

  private surrounding(alias: string, seen: readonly string[]): Surrounding {
    return {
      dialect: this.dialect,
      field: (source, name) =>
        source === "Parameters" ? this.parameter(name) : this.field(name, alias, seen),
      fixed: (by, value) => this.fixed(by, value, alias),
    };
  }

  private field(name: string, alias: string, seen: readonly string[]): string {
    if (seen.includes(name)) throw new NotRunnable(`${name} is made of itself`);
    const set = this.source.columns.get(name);
    if (set?.name === "group") return this.set(set, alias);
    const formula = formulaOf(this.column(name));
    if (formula !== null) return sqlOf(parse(formula, name), this.surrounding(alias, [...seen, name]));
    const record = this.source.records.get(name);
    if (record === undefined) throw new NotRunnable(`${name} is no field of the source`);
    return `${alias}.${this.dialect.identifier(childOf(record, "remote-name")!.text)}`;
  }

  private parameter(name: string): string {
    const column = this.workbook.sources.get("Parameters")?.columns.get(name);
    const value = column === undefined ? null : childOf(column, "calculation")?.attributes.formula;
    if (value == null) throw new NotRunnable(`there is no parameter ${name}`);
    return sqlOf(parse(value, name), this.surrounding(ALIAS, []));
  }

  /** A value for each combination of dimensions, over what the context's filters leave: joined by those dimensions. */
  private fixed(by: readonly Formula[], value: Formula, alias: string): string {
    const key = JSON.stringify([by, value, alias]);
    const known = this.joins.find((join) => join.key === key);
    if (known !== undefined) return `${known.name}.v`;
    const number = this.levels++;
    const [inner, name] = [`x${number}`, `f${number}`];
    const within = this.surrounding(inner, []);
    const keys = by.map((one) => sqlOf(one, within));
    const selected = [...keys.map((text, at) => `${text} AS k${at}`), `${sqlOf(value, within)} AS v`];
    const where = this.conditions.context(inner);
    const query =
      `SELECT ${selected.join(", ")} FROM ${this.table} AS ${inner}` +
      (where.length === 0 ? "" : ` WHERE ${where.join(" AND ")}`) +
      (keys.length === 0 ? "" : ` GROUP BY ${keys.map((_, at) => at + 1).join(", ")}`);
    const on = by.map((one, at) => `${name}.k${at} = ${sqlOf(one, this.surrounding(alias, []))}`);
    const text =
      keys.length === 0
        ? `CROSS JOIN (${query}) AS ${name}`
        : `LEFT JOIN (${query}) AS ${name} ON ${on.join(" AND ")}`;
    this.joins.push({ key, name, text });
    return `${name}.v`;
  }

  /** The values of a dimension that rank first by an expression, within the context. */
  private ranked(dimension: string, expression: string, direction: "ASC" | "DESC", count: number): string {
    const inner = "r";
    const outside = this.joins;
    this.joins = [];
    const value = sqlOf(parse(expression, dimension), this.surrounding(inner, []));
    const where = this.conditions.context(inner);
    const joins = this.joins.map(({ text }) => ` ${text}`).join("");
    this.joins = outside;
    return (
      `SELECT k FROM (SELECT ${dimension.replaceAll(`${ALIAS}.`, `${inner}.`)} AS k, ${value} AS v FROM ${this.table} AS ${inner}${joins}` +
      `${where.length === 0 ? "" : ` WHERE ${where.join(" AND ")}`} GROUP BY 1) AS q ` +
      `ORDER BY CASE WHEN v IS NULL THEN 1 ELSE 0 END, v ${direction}, k LIMIT ${count}`
    );
  }

  private set(group: Element, alias: string): string {
    const end = allOf(group, "groupfilter").find(({ attributes }) => attributes.function === "end");
    const order = allOf(group, "groupfilter").find(({ attributes }) => attributes.function === "order");
    const level = allOf(group, "groupfilter").find(({ attributes }) => attributes.level !== undefined)
      ?.attributes.level;
    if (end === undefined || order === undefined || level === undefined)
      throw new NotRunnable(`the set ${group.attributes.name} cannot be run`);
    const name = pillParts(level) === null ? level : `[${pillParts(level)!.field}]`;
    const dimension = this.field(name, ALIAS, []);
    const direction =
      (end.attributes.end === "top") === (order.attributes.direction === "DESC") ? "DESC" : "ASC";
    const ranked = this.ranked(
      dimension,
      order.attributes.expression ?? "",
      direction,
      Number(end.attributes.count),
    );
    return `(${this.field(name, alias, [])} IN (SELECT k FROM (${ranked}) AS s))`;
  }
}

/** What a pill's derivation makes of its field. */
const AGGREGATE: Readonly<Record<string, (value: string) => string>> = {
  user: (value) => value,
  sum: (value) => `SUM(${value})`,
  avg: (value) => `AVG((${value}) * 1e0)`,
  count: (value) => `COUNT(${value})`,
  countd: (value) => `COUNT(DISTINCT ${value})`,
  min: (value) => `MIN(${value})`,
  max: (value) => `MAX(${value})`,
  attr: (value) => `CASE WHEN MIN(${value}) = MAX(${value}) THEN MIN(${value}) END`,
  median: () => {
    throw new NotRunnable("the derivation Median cannot be run");
  },
};

function parse(text: string, name: string): Formula {
  try {
    return parseFormula(text);
  } catch (error) {
    throw new NotRunnable(
      `the formula of ${name} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}
