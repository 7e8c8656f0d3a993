import { allOf, bare, childOf, childrenOf, type Element } from "./element.js";
import { type Pill, pillsIn } from "./pills.js";

/** A data source as the file has it. */
export interface Source {
  element: Element;
  name: string;
  /** Fields by name, in brackets: columns, and sets. */
  columns: Map<string, Element>;
  /** Columns of the table, from its metadata records, by local name in brackets. */
  records: Map<string, Element>;
  isParameters: boolean;
}

/** What a sheet or a dashboard declares of a source. */
export interface Scope {
  columns: Map<string, Element>;
  instances: Map<string, Element>;
}

/** A sheet. */
export interface Sheet {
  element: Element;
  name: string;
  /** `table`, and its `view`. */
  table: Element | null;
  view: Element | null;
  /** Declarations by the name of their source. */
  scopes: Map<string, Scope>;
}

/** A dashboard. */
export interface DashboardElement {
  element: Element;
  name: string;
  scopes: Map<string, Scope>;
  zones: Element[];
}

/** A workbook or data source, read: what checks and queries look things up in. */
export interface Workbook {
  root: Element;
  version: string;
  sources: Map<string, Source>;
  sheets: Sheet[];
  dashboards: DashboardElement[];
  windows: Element[];
}

/** Reads what a file holds; nothing is judged here. */
export function readWorkbook(root: Element): Workbook {
  const declared =
    root.name === "datasource" ? [root] : childrenOf(childOf(root, "datasources"), "datasource");
  return {
    root,
    version: root.attributes.version ?? "",
    sources: new Map(declared.map((element) => [sourceName(element), sourceOf(element)])),
    sheets: childrenOf(childOf(root, "worksheets"), "worksheet").map((element) => ({
      element,
      name: element.attributes.name ?? "",
      table: childOf(element, "table"),
      view: childOf(element, "table", "view"),
      scopes: scopesOf(childOf(element, "table", "view")),
    })),
    dashboards: childrenOf(childOf(root, "dashboards"), "dashboard").map((element) => ({
      element,
      name: element.attributes.name ?? "",
      scopes: scopesOf(element),
      zones: allOf(childOf(element, "zones"), "zone"),
    })),
    windows: childrenOf(childOf(root, "windows"), "window"),
  };
}

function sourceName({ attributes }: Element): string {
  return attributes.name ?? attributes["formatted-name"] ?? "";
}

function sourceOf(element: Element): Source {
  const fields = [...childrenOf(element, "column"), ...childrenOf(element, "group")];
  const records = allOf(childOf(element, "connection"), "metadata-record").filter(
    ({ attributes }) => attributes.class === "column",
  );
  return {
    element,
    name: sourceName(element),
    columns: new Map(fields.map((column) => [column.attributes.name ?? "", column])),
    records: new Map(records.map((record) => [childOf(record, "local-name")?.text ?? "", record])),
    isParameters: sourceName(element) === "Parameters",
  };
}

function scopesOf(holder: Element | null): Map<string, Scope> {
  return new Map(
    childrenOf(holder, "datasource-dependencies").map((element) => [
      element.attributes.datasource ?? "",
      {
        columns: byName(childrenOf(element, "column")),
        instances: byName(childrenOf(element, "column-instance")),
      },
    ]),
  );
}

const byName = (elements: readonly Element[]) =>
  new Map(elements.map((element) => [element.attributes.name ?? "", element]));

/** Fields that every source has by itself. */
export const BUILT_IN = new Set([
  "[:Measure Names]",
  "[Multiple Values]",
  "[Measure Values]",
  "[Number of Records]",
]);

/** All places in a sheet that name a pill, with what they name. */
export function usesIn(sheet: Sheet): { at: Element; pill: Pill; where: string }[] {
  const found: { at: Element; pill: Pill; where: string }[] = [];
  const add = (at: Element, where: string, text: string | undefined) => {
    for (const pill of pillsIn(text ?? "")) found.push({ at, pill, where });
  };
  const { table, view } = sheet;
  for (const shelf of ["rows", "cols"])
    add(childOf(table, shelf) ?? sheet.element, shelf, childOf(table, shelf)?.text);
  for (const filter of childrenOf(view, "filter")) {
    add(filter, "a filter", filter.attributes.column);
    for (const { attributes } of allOf(filter, "groupfilter"))
      if (filter.attributes.column?.endsWith("[:Measure Names]")) add(filter, "a filter", attributes.member);
  }
  for (const column of childrenOf(childOf(view, "slices"), "column")) add(column, "slices", column.text);
  for (const name of ["computed-sort", "alphabetic-sort", "manual-sort", "natural-sort"])
    for (const sort of childrenOf(view, name)) {
      add(sort, "a sort", sort.attributes.column);
      add(sort, "a sort", sort.attributes.using);
    }
  for (const pane of allOf(childOf(table, "panes"), "pane")) {
    for (const encoding of childOf(pane, "encodings")?.children ?? [])
      add(encoding, `the encoding ${encoding.name}`, encoding.attributes.column);
    for (const run of allOf(pane, "run")) add(run, "a text", run.text);
    for (const name of ["x-axis-name", "y-axis-name"]) add(pane, `the pane's ${name}`, pane.attributes[name]);
    for (const line of childrenOf(pane, "reference-line"))
      for (const name of ["axis-column", "value-column"])
        add(line, "a reference line", line.attributes[name]);
  }
  for (const run of allOf(childOf(sheet.element, "layout-options"), "run")) add(run, "the title", run.text);
  return found;
}

/** The tables behind a source: their names, and the connections that hold them. */
export function relationsOf(source: Pick<Source, "element">): Element[] {
  return allOf(childOf(source.element, "connection"), "relation").filter(
    ({ attributes }) => attributes.type === "table",
  );
}

/** The connection by name. */
export function namedConnections(source: Source): Map<string, Element> {
  const found = allOf(childOf(source.element, "connection"), "named-connection");
  return new Map(found.map((one) => [one.attributes.name ?? "", one]));
}

/** Whether a field is computed, and by what. */
export function formulaOf(column: Element | undefined): string | null {
  const calculation = column === undefined ? null : childOf(column, "calculation");
  return calculation?.attributes.class === "tableau" ? (calculation.attributes.formula ?? null) : null;
}

/** Short name of a field for messages. */
export const shown = (name: string): string => bare(name);
