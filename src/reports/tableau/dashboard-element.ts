import { element, type XmlElement } from "../../artifacts/index.js";
import { type Dashboard, PALETTE } from "../../manifest/index.js";
import type { DashboardFilters } from "./dashboard-filters.js";
import { bracketed } from "./formula.js";
import type { Identity } from "./identity.js";
import { type Box, inShares, layOut, stacked } from "./page-layout.js";
import { type Parameter, parameterReference } from "./parameter.js";
import { type Pill, pillName, pillReference } from "./pill.js";
import type { PlannedPart } from "./plan-sheet.js";
import type { Source } from "./source.js";
import { formattedText, type TextRun, titleRuns } from "./text-run.js";
import { dependencies, parameterDependencies } from "./worksheet.js";
import type { WorksheetPlan } from "./worksheet-plan.js";

/** A dashboard with the worksheets that stand on it. */
export interface DashboardPlan {
  dashboard: Dashboard;
  /** Its name in the workbook. */
  name: string;
  filters: DashboardFilters;
  /** The worksheets of each card. */
  cards: PlannedPart[][];
  /** By the name of the sheet. */
  sheets: Map<string, PlannedPart>;
}

/** The worksheets of a dashboard, from top to bottom. */
export function worksheetsOf({ cards, sheets }: DashboardPlan): WorksheetPlan[] {
  return [...cards.flat(), ...sheets.values()].flatMap((part) =>
    part.kind === "worksheet" ? [part.plan] : [],
  );
}

/** How much of a sheet's height its legend takes, where colours tell series apart. */
const LEGEND = 34;

/** The dashboard as XML; `nextZone` gives ids that are unique in the workbook. */
export function dashboardElement(
  plan: DashboardPlan,
  identity: Identity,
  nextZone: () => number,
): XmlElement {
  const { dashboard, filters } = plan;
  const lines = plan.cards.map((parts) => Math.max(...parts.map(linesOf)) + (parts.length - 1) * 4);
  const page = layOut(dashboard, filters.controls.length, lines);
  const place = (box: Box) => inShares(box, page);
  const zones: XmlElement[] = [];
  const zone = (
    box: Box,
    attributes: Readonly<Record<string, string | boolean>>,
    ...children: XmlElement[]
  ) => zones.push(element("zone", { ...place(box), id: nextZone(), ...attributes }, children, zoneStyle()));
  const words = (box: Box, runs: readonly TextRun[]) => zone(box, { "type-v2": "text" }, formattedText(runs));
  const part = (box: Box, given: PlannedPart) => {
    if (given.kind === "words") words(box, titleRuns(given.title, given.text));
    else {
      const isCard = given.plan.plain === true;
      const colors = isCard ? null : legendOf(given.plan);
      const rest = colors === null ? box : { ...box, y: box.y + LEGEND, h: box.h - LEGEND };
      if (colors !== null)
        zone(
          { ...box, h: LEGEND },
          {
            name: given.plan.name,
            param: colors,
            "pane-specification-id": "0",
            "type-v2": "color",
            "show-title": false,
          },
        );
      const kind = isCard ? "cell" : "scalable";
      const cache = isCard
        ? { "cell-count-h": 1, "cell-count-w": 1, "type-h": kind, "type-w": kind }
        : { "type-h": kind, "type-w": kind };
      zone(rest, { name: given.plan.name }, element("layout-cache", cache));
    }
  };

  words(page.heading, headingRuns(dashboard, filters));
  for (const [at, control] of filters.controls.entries()) {
    const box = page.controls[at]!;
    if (control.kind === "parameter") {
      const { name, members } = control.parameter;
      const mode = members === null ? "datetime" : "compact";
      zone(box, { mode, param: parameterReference(name), "type-v2": "paramctrl" });
    } else {
      const sheet = worksheetsOf(plan).find((one) => filtersBy(one, control.pill));
      if (sheet === undefined) continue;
      zone(box, {
        ...(!control.isRange && { mode: "checkdropdown" }),
        name: sheet.name,
        param: pillReference(control.pill),
        "type-v2": "filter",
        values: "database",
      });
    }
  }
  for (const [at, parts] of plan.cards.entries())
    for (const [row, box] of stacked(page.cards[at]!, parts.length).entries()) part(box, parts[row]!);
  for (const [name, box] of page.sheets) part(box, plan.sheets.get(name)!);

  const root = element(
    "zone",
    { h: 100_000, id: nextZone(), "type-v2": "layout-basic", w: 100_000, x: 0, y: 0 },
    zones,
  );
  const { width, height } = page;
  return element(
    "dashboard",
    { "enable-sort-zone-taborder": true, name: plan.name },
    element("style"),
    element("size", {
      maxheight: height,
      maxwidth: width,
      minheight: height,
      minwidth: width,
      "sizing-mode": "fixed",
    }),
    declarations(filters),
    element("zones", {}, root),
    element("simple-id", { uuid: identity.uuid("dashboard", plan.name) }),
  );
}

function linesOf(part: PlannedPart): number {
  if (part.kind === "words") return 2;
  const label = part.plan.panes[0]?.label ?? [];
  return label.filter(({ text }) => typeof text === "string" && text.endsWith("\n")).length;
}

function headingRuns(dashboard: Dashboard, { idle }: DashboardFilters): TextRun[] {
  const { title, question, description } = dashboard;
  const none = idle.length === 0 ? "" : `No data for the filter ${idle.join(", ")}.`;
  const about = [question, description, none].filter((text) => text !== "").join(" ");
  return titleRuns(title, about, 18);
}

function filtersBy(sheet: WorksheetPlan, pill: Pill): boolean {
  return (
    sheet.source === pill.source && sheet.filters.some((filter) => pillName(filter.pill) === pillName(pill))
  );
}

/** What a legend explains: colours that tell series or parts apart, not amounts. */
function legendOf({ panes, source }: WorksheetPlan): string | null {
  const color = panes[0]?.color;
  if (color === undefined) return null;
  if (color === "names") return `${bracketed(source.name)}.[:Measure Names]`;
  return color.type === "quantitative" ? null : pillReference(color);
}

/** What the filters of the page refer to. */
function declarations({ controls }: DashboardFilters): XmlElement[] {
  const pills = controls.flatMap((control) => (control.kind === "native" ? [control.pill] : []));
  const parameters = controls.flatMap((control) => (control.kind === "parameter" ? [control.parameter] : []));
  const sources = [...new Set(pills.map(({ source }) => source))];
  if (sources.length === 0 && parameters.length === 0) return [];
  const known = new Map<string, Parameter>();
  const own = (source: Source) =>
    dependencies(
      source,
      pills.filter((pill) => pill.source === source),
      known,
    ).own;
  return [
    element(
      "datasources",
      {},
      parameters.length === 0 ? null : element("datasource", { name: "Parameters" }),
      sources.map(({ caption, name }) => element("datasource", { caption, name })),
    ),
    ...[parameterDependencies(parameters)].filter((found) => found !== null),
    ...sources.map(own),
  ];
}

function zoneStyle(): XmlElement {
  const format = (attr: string, value: string) => element("format", { attr, value });
  return element(
    "zone-style",
    {},
    format("border-color", PALETTE.gridline.light),
    format("border-style", "none"),
    format("border-width", "0"),
    format("margin", "4"),
  );
}

/** The dashboard's window, with all of its sheets. */
export function dashboardWindow(plan: DashboardPlan, identity: Identity, first: boolean): XmlElement {
  return element(
    "window",
    { class: "dashboard", maximized: first ? true : null, name: plan.name },
    element(
      "viewpoints",
      {},
      worksheetsOf(plan).map(({ name }) =>
        element("viewpoint", { name }, element("zoom", { type: "entire-view" })),
      ),
    ),
    element("active", { id: -1 }),
    element("simple-id", { uuid: identity.uuid("window", plan.name) }),
  );
}
