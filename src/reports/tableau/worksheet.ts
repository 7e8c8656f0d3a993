import { element, type XmlElement } from "../../artifacts/index.js";
import { filterElement, members } from "./filter.js";
import type { Identity } from "./identity.js";
import { paneElement, styleElement } from "./pane-element.js";
import { type Parameter, parameterColumn } from "./parameter.js";
import { columnInstance, type Pill, pillReference } from "./pill.js";
import type { Source } from "./source.js";
import { columnElement } from "./source-element.js";
import { formattedText } from "./text-run.js";
import {
  isPill,
  itemReference,
  pillsOf,
  type ShelfItem,
  type SortPlan,
  type WorksheetPlan,
} from "./worksheet-plan.js";

/** What sheets declare of their sources: the columns of their pills with all that these are computed from, and the pills. */
export function dependencies(
  source: Source,
  pills: readonly Pill[],
  parameters: ReadonlyMap<string, Parameter>,
): { own: XmlElement; parameters: XmlElement | null } {
  const fields = new Set<string>();
  const used = new Set<string>();
  const reach = (name: string) => {
    if (fields.has(name)) return;
    fields.add(name);
    const field = source.field(name);
    for (const parameter of field.parameters) used.add(parameter);
    for (const other of field.uses) reach(other);
  };
  for (const { field } of pills) reach(field.name);
  const columns = [...source.fields.values()].filter(({ name }) => fields.has(name));
  return {
    own: element(
      "datasource-dependencies",
      { datasource: source.name },
      columns.map(columnElement),
      pills.map(columnInstance),
    ),
    parameters: parameterDependencies([...used].map((name) => parameters.get(name)!)),
  };
}

/** What is declared of the parameters that something uses. */
export function parameterDependencies(used: readonly Parameter[]): XmlElement | null {
  if (used.length === 0) return null;
  return element("datasource-dependencies", { datasource: "Parameters" }, used.map(parameterColumn));
}

/** The worksheet as XML. */
export function worksheetElement(
  plan: WorksheetPlan,
  parameters: ReadonlyMap<string, Parameter>,
  identity: Identity,
): XmlElement {
  const { source } = plan;
  const declared = dependencies(source, pillsOf(plan), parameters);
  const filters = plan.filters.map(filterElement);
  const slices = plan.filters.map(({ pill }) => pillReference(pill));
  if (plan.measures.length > 0) {
    const names = itemReference(source, "names");
    const values = plan.measures.map((pill) => `"${pillReference(pill)}"`);
    filters.push(
      element("filter", { class: "categorical", column: names }, members("[:Measure Names]", values)),
    );
    slices.push(names);
  }
  return element(
    "worksheet",
    { name: plan.name },
    element(
      "layout-options",
      {},
      element("title", {}, formattedText(plan.title)),
      plan.caption === "" ? null : element("caption", {}, formattedText([{ text: plan.caption }])),
      element("alt-text", {}, formattedText([{ text: plan.altText }])),
    ),
    element(
      "table",
      {},
      element(
        "view",
        {},
        element(
          "datasources",
          {},
          declared.parameters === null ? null : element("datasource", { name: "Parameters" }),
          element("datasource", { caption: source.caption, name: source.name }),
        ),
        declared.parameters,
        declared.own,
        filters,
        plan.sorts.map(sortElement),
        slices.length === 0
          ? null
          : element(
              "slices",
              {},
              slices.map((slice) => element("column", {}, slice)),
            ),
        element("aggregation", { value: true }),
      ),
      styleElement(plan),
      element(
        "panes",
        {},
        plan.panes.map((pane, at) => paneElement(plan, pane, at)),
      ),
      element("rows", {}, shelf(source, plan.rows)),
      element("cols", {}, shelf(source, plan.cols)),
    ),
    element("simple-id", { uuid: identity.uuid("worksheet", plan.name) }),
  );
}

/** Dimensions are nested, measures stand one after the other. */
function shelf(source: Source, items: readonly ShelfItem[]): string {
  const isMeasure = (item: ShelfItem) => item === "values" || (isPill(item) && item.type === "quantitative");
  const parts = [
    { items: items.filter((item) => !isMeasure(item)), sign: " / " },
    { items: items.filter(isMeasure), sign: " + " },
  ].flatMap(({ items: own, sign }) => {
    const texts = own.map((item) => itemReference(source, item));
    return texts.length === 0 ? [] : [texts.length === 1 ? texts[0]! : `(${texts.join(sign)})`];
  });
  return parts.length === 2 ? `(${parts.join(" * ")})` : (parts[0] ?? "");
}

function sortElement({ pill, direction, using }: SortPlan): XmlElement {
  const column = pillReference(pill);
  return using === null
    ? element("alphabetic-sort", { column, direction: direction.toUpperCase() })
    : element("computed-sort", { column, direction: direction.toUpperCase(), using: pillReference(using) });
}

/** A sheet's window: it is shown on a dashboard alone. */
export function worksheetWindow(name: string, identity: Identity): XmlElement {
  const strip = (size: number, ...types: readonly string[]) =>
    element(
      "strip",
      { size },
      types.map((type) => element("card", { type })),
    );
  return element(
    "window",
    { class: "worksheet", hidden: true, name },
    element(
      "cards",
      {},
      element("edge", { name: "left" }, strip(160, "pages", "filters", "marks")),
      element(
        "edge",
        { name: "top" },
        strip(2_147_483_647, "columns"),
        strip(2_147_483_647, "rows"),
        strip(31, "title"),
      ),
    ),
    element("viewpoint", {}, element("zoom", { type: "entire-view" })),
    element("simple-id", { uuid: identity.uuid("window", name) }),
  );
}
